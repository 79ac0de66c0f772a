import type { CredentialId } from '../../../../lib/learncoin/api/checks';
import { createLearnCoinClient } from '../../../../lib/learncoin/api/client';
import { unlessDone } from '../../../../lib/learncoin/credentials/unlessDone';
import type { Answer } from '../../../../lib/http/types';
import { failureOf } from '../../../support/failures';
import { answer, fakeSend, refused } from '../../../support/fakes';
import { learnCoinHints } from '../../../support/hints';

const id = 'crd_1' as CredentialId;

/** Revokes where LearnCoin gives these answers one after another. */
function revoke(...answers: Answer[]) {
	const { send, requests } = fakeSend(...answers);
	const client = createLearnCoinClient(send, 'https://api.learncoin.me/v1', learnCoinHints);
	const result = unlessDone(client, id, 'revoked', async () => await client.revokeCredential(id, { reason: 'r', reasonCode: 'other' }));
	return { result, requests };
}

const conflict = refused(409, 'conflict', 'It does not fit the state');

it('a conflict is a good end only where the credential is as it was to become', async () => {
	expect(await revoke(conflict, answer(200, { id, revoked: true })).result).toEqual({
		id,
		revoked: true,
		note: 'The credential was revoked before; nothing changed.',
	});
});

it.each([{ id, revoked: false }, { id }, { id, revoked: 'true' }, { id, erased: true }])(
	'a conflict stays a failure where it is %j: nobody is told that it no longer counts',
	async (state) => {
		const failure = await failureOf(revoke(conflict, answer(200, state)).result);
		expect(failure).toMatchObject({
			message: expect.stringMatching(/^Revoking crd_1 did not work/) as unknown,
			details: { httpStatus: 409 },
		});
	},
);

it('any other refusal is told at once, without a look at the state', async () => {
	const { result, requests } = revoke(refused(403, 'credential_not_owned', 'No'));
	expect((await failureOf(result)).details).toMatchObject({ httpStatus: 403 });
	expect(requests).toHaveLength(1);
});
