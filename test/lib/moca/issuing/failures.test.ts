import { explainRefusal, explainUnreadable } from '../../../../lib/http/explain';
import { describeCall, type MocaCall } from '../../../../lib/moca/issuing/failures';
import { answer } from '../../../support/fakes';
import { mocaHints } from '../../../support/hints';

const describeIt = (call: MocaCall) => describeCall(call, 'ada@example.com', 'Run it again.', mocaHints);
const refusal = (call: MocaCall, status: number) =>
	explainRefusal(answer(status, { error: status, message: 'In its own words' }), describeIt(call));

it.each([
	['issue', 400, 'Issuing to ada@example.com did not work: Moca refused the data', /schema/],
	[
		'issue',
		401,
		'Moca did not accept the partner’s signature',
		/JWKS address .* Key ID .* public half of the private key.*Scope.*clock.*Test the key\./,
	],
	['issue', 403, 'the partner may not issue', /Issue on Behalf/],
	['issue', 404, 'Moca does not know the issuer or the program', /published/],
	['issue', 409, 'this person declined credentials from you', /until they agree again/],
	['issue', 418, 'Moca answered with HTTP 418', /Check the address of the API/],
	['status', 400, 'Checking the credential of ada@example.com did not work: Moca answered with HTTP 400', /Check what is sent/],
	['status', 401, 'Moca did not accept the partner’s signature', /JWKS address/],
	['status', 403, 'the partner may not read this', /issued by this partner account/],
	['status', 404, 'Moca knows no credential with this claim hash', /hash is whole/],
	['status', 409, 'Moca answered with HTTP 409', /Check what is sent/],
] as Array<[MocaCall, number, string, RegExp]>)('%s, %d: %s', (call, status, problem, hint) => {
	const { message, details } = refusal(call, status);
	expect(message).toContain(problem);
	expect(message).toMatch(/\. Moca says: In its own words$/);
	expect(details.hint).toMatch(hint);
	expect(details).toMatchObject({ httpStatus: status, retryable: false });
});

it('an algorithm that does not fit the published key is told as that, not as an unknown key ID', () => {
	const said = { error: 401, message: 'JWT alg ES256 does not fit the key published under this kid' };
	const { message, details } = explainRefusal(answer(401, said), describeIt('issue'));
	expect(message).toContain('the private key’s algorithm does not fit the key that is published under its Key ID');
	expect(details.hint).toMatch(/EC key \(ES256\) where an RSA key \(RS256\) is published, or the other way round/);
});

it('an overload says how to go slower, and what running again means', () => {
	expect(refusal('issue', 429).details.hint).toBe('Go slower. Run it again.');
	expect(explainUnreadable(answer(200), describeIt('issue')).details.hint).toBe('Run it again.');
});
