import { MocaPartnerApi } from '../../../../credentials/MocaPartnerApi.credentials';
import { MocaIssue } from '../../../../nodes/Moca/Issue/MocaIssue.node.ts';
import { toolOf } from '../../../support/agents/asTool';
import { courseProgram, partnerCredential } from '../../../support/moca';
import { useSandbox } from '../../../support/sandbox/useSandbox';

const sandbox = useSandbox();

const { ways } = toolOf({
	node: new MocaIssue(),
	credentialType: new MocaPartnerApi(),
	credential: () => partnerCredential(sandbox()),
});

const parameters = (more: object = {}) => ({
	operation: 'issue',
	recipientEmail: 'ada@example.com',
	program: { __rl: true, mode: 'id', value: courseProgram(sandbox()) },
	subjectMode: 'json',
	subjectJson: '{ "course": "First Aid", "score": 92 }',
	onDuplicate: 'ignore',
	options: {},
	...more,
});

const issued = () => sandbox().moca.issued();

describe.each(ways)('as a tool, %s', (_, told) => {
	it('issues, and does not repeat the learner’s address', async () => {
		const said = await told(parameters());
		expect(said).toContain('issued');
		expect(said).not.toContain('ada@');
		expect(issued()).toHaveLength(1);
	});

	it('Revoke and Issue Again revokes and issues nothing', async () => {
		await told(parameters());
		expect(await told(parameters({ onDuplicate: 'revoke' }))).toMatch(/notDone.*Keep the Existing One/);
		expect(issued()).toHaveLength(1);
	});

	it('Revoke and Issue Again issues where a person has let agents do so', async () => {
		await told(parameters());
		await told(parameters({ onDuplicate: 'revoke', options: { letAiAgents: true } }));
		expect(issued()).toHaveLength(2);
	});

	it('says that mapping automatically cannot work, and issues nothing', async () => {
		const subject = { mappingMode: 'autoMapInputData', value: null, schema: [{ id: 'course', displayName: 'Course', type: 'string' }] };
		expect(await told(parameters({ subjectMode: 'form', subject }))).toMatch(/failed.*Map Automatically.*cannot work in an AI agent/);
		expect(issued()).toEqual([]);
	});

	it('says of a program that is missing that it is the issuance program', async () => {
		const said = await told(parameters({ program: { __rl: true, mode: 'id', value: '' } }));
		expect(said).toMatch(/failed.*No issuance program is chosen/);
	});
});
