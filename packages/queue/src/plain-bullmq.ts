/** BullMQ as it comes, for the baseline that our delivery is measured against. Nothing else may use it. */
export { Queue, Worker } from 'bullmq';
