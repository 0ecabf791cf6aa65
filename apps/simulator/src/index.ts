export type { Account, Chat, Listing, Message } from './avito/model.ts';
export { defaultAccount } from './avito/shop.ts';
export type { Control, Written } from './control/control.ts';
export { createSimulator, type Simulator, type SimulatorOptions } from './create-simulator.ts';
export type { Fault, FaultInput } from './faults.ts';
export type { AnsweredMessage, AnswerState } from './ledger/answered.ts';
export type { Ledger, LedgerSummary } from './ledger/ledger.ts';
export type { BuyerMessageRecord, DeliveryRecord, LedgerEntry, SendRecord } from './ledger/records.ts';
export type { Switches, SwitchesChange } from './switches.ts';
