import { startsWorkflow } from '../../../../nodes/LearnCoin/Trigger/subscription';
import { linearCpuMs, cpuMsOf } from '../../../support/timing';

const starts = (type: string, ...names: string[]) => startsWorkflow(type, { names, includesTests: false });

it.each([
	['batch.anchored', 'batch.anchored'],
	['batch.anchored.v1', 'batch.anchored'],
	['batch.anchored', 'batch.anchored.v1'],
	['batch.anchored', 'batch.*'],
	['batch.anchored', '*'],
	['batch.anchored', '*.anchored'],
	['batch.anchored', 'b*.*d'],
	['batch.', 'batch.*'],
	['aXbXc', 'a*b*c'],
])('%s starts a workflow that waits for %s', (type, name) => expect(starts(type, name)).toBe(true));

it.each([
	['batch.anchored', 'batch.created'],
	['batch.anchored', 'batch'],
	['batch.anchored', 'anchored'],
	['batchXanchored', 'batch.anchored'],
	['credential.revoked', 'batch.*'],
	['aba', 'ab*ba'],
	['acb', 'a*b*c'],
	['', 'batch.*'],
])('%s does not start a workflow that waits for %s', (type, name) => expect(starts(type, name)).toBe(false));

it('does not hold n8n up with a name of many stars', () => {
	expect(cpuMsOf(() => starts('a'.repeat(1_000_000), `${'*a'.repeat(50)}*b`))).toBeLessThan(linearCpuMs);
	expect(cpuMsOf(() => starts('ab'.repeat(500_000), `${'*a'.repeat(100_000)}b`))).toBeLessThan(linearCpuMs);
});
