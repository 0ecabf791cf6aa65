import { parseArgs } from 'node:util';
import { builtInWeights, fitConfidence, judgeConfidence, leaveOneShopOut } from '@avito-autoreply/rag';
import { figuresLine } from './figures-line.ts';
import { findShops } from './find-shops.ts';
import { weighShops } from './weigh-shops.ts';

const EXAMPLES = ['examples/question-shops', 'examples/sample-shop'];
/** Added to the fitted bias: fewer answers, and fewer wrong ones. */
const LOWERED = [0, -0.2, -0.4, -0.6, -0.8, -1];

const write = (line: string) => process.stdout.write(`${line}\n`);

/** `npm run fit:confidence -- examples/question-shops /other/shops --split dev`: shops, or folders of shops. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { split: { type: 'string', multiple: true, default: [] } },
});

const shops = await findShops(positionals.length > 0 ? positionals : EXAMPLES, { splits: values.split });
const { weighed, leftOut } = await weighShops(shops);
const questions = weighed.flatMap((shop) => shop.questions);
write(
  `${weighed.length} shops, ${questions.length} questions; ${leftOut} more are answered before anything is weighed`,
);

const weights = fitConfidence(questions);
write('\nfitted on all of them, for confidence.ts:');
for (const [name, weight] of Object.entries(weights)) write(`  ${name}: ${weight.toFixed(2)},`);

write('\nas built in');
write(figuresLine('all', judgeConfidence(questions, builtInWeights)));
write('\nfitted, on the questions of the fit');
write(figuresLine('all', judgeConfidence(questions, weights)));

write('\nfitted on the other shops');
const unseen = leaveOneShopOut(weighed);
for (const shop of unseen) write(figuresLine(shop.name, judgeConfidence(shop.questions, shop.weights)));
for (const bias of LOWERED) {
  const judged = unseen.flatMap((shop) => judgeConfidence(shop.questions, shop.weights, { bias }));
  write(figuresLine(bias === 0 ? 'all' : `all, bias ${bias}`, judged));
}
