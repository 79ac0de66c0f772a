import { MocaIssue } from '../../../../nodes/Moca/Issue/MocaIssue.node.ts';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { issue, learners } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

/** What is sent for this On Duplicate. */
const sentFor = async (onDuplicate: unknown) => {
	await issue(sandbox, learners(1), { onDuplicate: onDuplicate as string });
	return sandbox.traffic.requests().map(({ body }) => (body as { onDuplicate: unknown }).onDuplicate);
};

it.each(['ignore', 'revoke'])('%s is sent as it is', async (onDuplicate) => {
	expect(await sentFor(onDuplicate)).toEqual([onDuplicate]);
});

// An expression can give anything, and a revocation can't be undone.
it.each(['Revoke', 'REVOKE', 'revoke ', 'yes', '', null, true, '={{ $json.missing }}'])('%j revokes nothing', async (onDuplicate) => {
	expect(await sentFor(onDuplicate)).not.toContain('revoke');
	await issue(sandbox, learners(1), { onDuplicate: onDuplicate as string });
	expect(sandbox.moca.issued().length).toBeLessThanOrEqual(1);
});

it('a form that nobody touched revokes nothing', () => {
	expect(new MocaIssue().description.properties.find(({ name }) => name === 'onDuplicate')).toMatchObject({ default: 'ignore' });
});
