import { examine } from '../doctor/doctor.ts';
import type { Finding } from '../doctor/finding.ts';
import type { Command } from '../run-command.ts';

const marks = {
  ok: { sign: '✓', color: 'green' },
  skipped: { sign: '–', color: 'gray' },
  warning: { sign: '!', color: 'yellow' },
  problem: { sign: '✗', color: 'red' },
} as const satisfies Record<Finding['status'], { sign: string; color: string }>;

export const doctor: Command = async ({ environment, terminal }) => {
  const findings = await examine(environment);
  const problems = findings.filter((finding) => finding.status === 'problem').length;
  const warnings = findings.filter((finding) => finding.status === 'warning').length;
  for (const { status, subject, message, advice } of findings) {
    const { sign, color } = marks[status];
    terminal.line(`${terminal.style(color, sign)} ${terminal.style('bold', subject)}: ${message}`);
    if (advice !== undefined) terminal.line(`    → ${advice}`);
  }
  terminal.line();
  terminal.line(
    problems + warnings === 0 ? 'Everything is sound.' : `${problems} to mend, ${warnings} to think about.`,
  );
  terminal.json({ problems, warnings, findings });
  return problems === 0 ? 0 : 1;
};
