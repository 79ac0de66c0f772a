import {
	badgeProgram,
	courseProgram,
	draftProgram,
	expectRefusal,
	issue,
	issueBody,
	learner,
	post,
	signJwt,
} from '../../../support/sandbox/moca';
import { useSandbox } from '../../../support/sandbox/useSandbox';

const sandbox = useSandbox();

afterEach(() => {
	Object.assign(sandbox().moca.settings, {
		onDuplicateIgnore: 'existing',
		conflictMessage: 'specific',
		featureEnabled: true,
		declinedRecipients: [],
	});
});

describe('a good request', () => {
	it('answers the claim hash, the program and the user, flat', async () => {
		const { status, data } = await issue(sandbox());
		expect(status).toBe(200);
		expect(data).toEqual({
			coreClaimHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
			credentialId: courseProgram(sandbox()).credentialId,
			userUuid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
		});
	});

	it('goes to the recipient of the JWT and keeps the subject', async () => {
		const { data } = await issue(sandbox());
		expect(sandbox().moca.issued()).toEqual([
			{
				...data,
				issuerDid: sandbox().moca.partner.issuerDid,
				recipientEmail: learner,
				vcId: expect.stringMatching(/^c2[0-9a-z]{20}$/) as string,
				issuanceDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/) as string,
				vcStatus: 'WAIT_ONCHAIN',
				credentialSubject: { course: 'Algebra', score: 92 },
				revoked: false,
			},
		]);
	});

	it('gives one email the same user every time, whatever its letter case', async () => {
		const first = await issue(sandbox());
		const again = await issue(sandbox(), { email: 'ADA@Example.com', body: { onDuplicate: 'revoke' } });
		const other = await issue(sandbox(), { email: 'grace@example.com' });
		expect(again.data.userUuid).toBe(first.data.userUuid);
		expect(other.data.userUuid).not.toBe(first.data.userUuid);
	});

	it('works for the partner with the ES256 key', async () => {
		const partner = sandbox().moca.ecPartner;
		expect((await issue(sandbox(), { partner, body: { issuerDid: partner.issuerDid } })).status).toBe(200);
	});

	it('may have an empty subject when the program requires nothing', async () => {
		const { credentialId } = badgeProgram(sandbox());
		expect((await issue(sandbox(), { body: { credentialId, credentialSubject: {} } })).status).toBe(200);
	});
});

describe('a request that is refused', () => {
	it.each(['issuerDid', 'credentialId', 'credentialSubject'])('names a missing %s with 400', async (field) => {
		expectRefusal(await issue(sandbox(), { body: { [field]: undefined } }), 400, new RegExp(`^${field} is required$`));
	});

	it.each([
		['issuerDid', 5],
		['credentialId', {}],
		['credentialSubject', ['a']],
		['onDuplicate', 'replace'],
	])('names an invalid %s with 400', async (field, value) => {
		expectRefusal(await issue(sandbox(), { body: { [field]: value } }), 400, new RegExp(`^${field} is invalid`));
	});

	it('is answered 400 when the body is not JSON', async () => {
		const headers = { 'x-partner-auth': await signJwt(sandbox(), learner), 'content-type': 'application/json' };
		expectRefusal(await post(sandbox(), Buffer.from('{"issuerDid":'), headers), 400, /must be a JSON object/);
	});

	it('is answered 400 when the content type is not JSON', async () => {
		expectRefusal(await issue(sandbox(), { headers: { 'content-type': 'text/plain' } }), 400, /Content-Type/);
	});

	it('is answered 404 for an unknown issuer DID', async () => {
		expectRefusal(await issue(sandbox(), { body: { issuerDid: 'did:air:id:test:nobody' } }), 404, /Issuer DID not found/);
	});

	it('is answered 404 for an unknown program', async () => {
		expectRefusal(await issue(sandbox(), { body: { credentialId: 'c20000000000000000000x' } }), 404, /Credential not found/);
	});

	it('is answered 404 for a draft program', async () => {
		const { credentialId } = draftProgram(sandbox());
		expectRefusal(await issue(sandbox(), { body: { credentialId } }), 404, /Credential not found/);
	});

	it("is answered 403 for another partner's issuer DID", async () => {
		const { issuerDid } = sandbox().moca.ecPartner;
		expectRefusal(await issue(sandbox(), { body: { issuerDid } }), 403, /not allowed for this partner/);
	});

	it('is answered 403 while the feature is off, before its body is looked at', async () => {
		sandbox().moca.settings.featureEnabled = false;
		expectRefusal(await issue(sandbox(), { body: { issuerDid: undefined } }), 403, /^issueOnBehalf is not allowed$/);
	});

	it('is answered 409 when the recipient declined before', async () => {
		sandbox().moca.settings.declinedRecipients = ['Ada@example.com'];
		expectRefusal(await issue(sandbox()), 409, /declined/);
	});

	it('issues nothing', async () => {
		await issue(sandbox(), { body: { credentialSubject: { course: 'Algebra' } } });
		await issue(sandbox(), { body: { credentialId: 'nothing' } });
		expect(sandbox().moca.issued()).toEqual([]);
	});

	it('is refused in the documented order: 401, 403, 400, 404, 409', async () => {
		const { settings } = sandbox().moca;
		settings.declinedRecipients = [learner];
		const everythingWrong = { credentialId: 'nothing', credentialSubject: undefined };
		settings.featureEnabled = false;
		const answers = [
			await issue(sandbox(), { body: everythingWrong, claims: { scope: 'none' } }),
			await issue(sandbox(), { body: everythingWrong }),
		];
		settings.featureEnabled = true;
		answers.push(await issue(sandbox(), { body: everythingWrong }));
		answers.push(await issue(sandbox(), { body: { credentialId: 'nothing' } }));
		answers.push(await issue(sandbox()));
		expect(answers.map(({ status }) => status)).toEqual([401, 403, 400, 404, 409]);
	});
});

describe('a duplicate', () => {
	const activeCount = () => sandbox().moca.activeFor(learner, courseProgram(sandbox()).credentialId).length;

	it('with ignore is answered with the existing credential', async () => {
		const first = await issue(sandbox());
		const second = await issue(sandbox(), { email: 'ADA@example.com', body: { credentialSubject: { course: 'Geometry', score: 3 } } });
		expect(second.status).toBe(200);
		expect(second.data).toEqual(first.data);
		expect(sandbox().moca.issued()).toHaveLength(1);
	});

	it('with ignore is answered 409 in the other documented reading', async () => {
		sandbox().moca.settings.onDuplicateIgnore = 'conflict';
		await issue(sandbox());
		expectRefusal(await issue(sandbox()), 409, /already has this credential/);
		expect(sandbox().moca.issued()).toHaveLength(1);
	});

	it('and a missing consent read the same when messages are generic', async () => {
		Object.assign(sandbox().moca.settings, { onDuplicateIgnore: 'conflict', conflictMessage: 'generic' });
		await issue(sandbox());
		sandbox().moca.settings.declinedRecipients = ['grace@example.com'];
		expectRefusal(await issue(sandbox()), 409, /^Conflict$/);
		expectRefusal(await issue(sandbox(), { email: 'grace@example.com' }), 409, /^Conflict$/);
	});

	it.each(['revoke', undefined])('with onDuplicate %s revokes the old one and issues a new one', async (onDuplicate) => {
		const first = await issue(sandbox(), { body: { onDuplicate } });
		const second = await issue(sandbox(), { body: { onDuplicate } });
		expect(second.data.coreClaimHash).not.toBe(first.data.coreClaimHash);
		expect(
			sandbox()
				.moca.issued()
				.map(({ revoked }) => revoked),
		).toEqual([true, false]);
		expect(activeCount()).toBe(1);
	});

	it('is another program or another learner: no', async () => {
		await issue(sandbox());
		await issue(sandbox(), { email: 'grace@example.com' });
		await issue(sandbox(), { body: { credentialId: badgeProgram(sandbox()).credentialId, credentialSubject: {} } });
		expect(sandbox().moca.issued()).toHaveLength(3);
	});

	it('sent at the same moment is still found', async () => {
		const answers = await Promise.all(Array.from({ length: 20 }, async () => await issue(sandbox())));
		expect(new Set(answers.map(({ data }) => (data as { coreClaimHash: string }).coreClaimHash)).size).toBe(1);
		expect(sandbox().moca.issued()).toHaveLength(1);
	});

	it('sent at the same moment with revoke leaves one active credential', async () => {
		await Promise.all(Array.from({ length: 20 }, async () => await issue(sandbox(), { body: { onDuplicate: 'revoke' } })));
		expect(sandbox().moca.issued()).toHaveLength(20);
		expect(activeCount()).toBe(1);
	});

	it('of a request whose body was built by hand is found too', async () => {
		const headers = { 'x-partner-auth': await signJwt(sandbox(), learner), 'content-type': 'application/json; charset=utf-8' };
		await post(sandbox(), JSON.stringify(issueBody(sandbox())), headers);
		await post(sandbox(), JSON.stringify(issueBody(sandbox())), headers);
		expect(sandbox().moca.issued()).toHaveLength(1);
	});
});
