// Adds up the result files below a directory (TRX of .NET, JSON of Vitest) and prints: passed failed skipped.
import { readFileSync } from 'node:fs';
import { filesBelow } from './files.mjs';

const directory = process.argv[2];
let [passed, failed, skipped] = [0, 0, 0];

for (const file of filesBelow(directory, '.trx')) {
  const counters = /<Counters ([^>]*)\/>/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  const count = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(counters)?.[1] ?? 0);
  passed += count('passed');
  failed += count('failed') + count('error') + count('timeout') + count('aborted');
  skipped += count('total') - count('executed');
}

for (const file of filesBelow(directory, '.json')) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  if (report.numTotalTests === undefined) continue;
  passed += report.numPassedTests;
  skipped += report.numPendingTests + (report.numTodoTests ?? 0);
  // A file that could not even be loaded holds no failed test, only a failed suite.
  const unloaded = report.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0).length;
  failed += report.numFailedTests + unloaded;
}

console.log(passed, failed, skipped);
