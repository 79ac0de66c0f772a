import type { Clock, HttpRequest, Transport } from '../../http/types';
import { checkRecipientEmail, type RecipientEmail } from '../issuing/checks';
import { signPartnerJwt, tokenLifetimeMs, type Partner } from './partnerJwt';
import { signedFor, type ServiceTime } from './serviceTime';

/** Under this name a token travels to the n8n credential, beside the recipient. */
export const tokenMember = 'partnerToken';

/** A token is left alone for its last minute: the request has to arrive with it, and clocks differ. */
const leftAloneMs = 60_000;

/**
 * Tokens kept, those that were used longest ago dropped first. Fewer than the recipients of a run would be none at all: each is asked about in
 * turn. One has about 700 bytes.
 */
const mostKept = 20_000;

interface Kept {
	token: Promise<string>;
	/** By how much it was signed ahead of this machine's clock. */
	aheadMs: number;
	/** Milliseconds since the epoch, by this machine's clock. */
	goodUntilMs: number;
}

/** Signs the requests of one partner, with one key and one scope, to one service, for as long as this object: nothing of it is kept elsewhere. */
export interface Signing {
	/** The request with its token: the one that its recipient has, or a new one. @throws ExplainedFailure when the partner can't sign */
	prepare(request: HttpRequest): Promise<HttpRequest>;
	/** Has a token signed that will soon be needed. */
	ahead(recipient: RecipientEmail): void;
	/** Takes in what the answers tell: a token that was refused is not used again, nor one signed by a clock that turns out to be wrong. */
	through(transport: Transport): Transport;
}

/** @param sign for tests */
export function createSigning(partner: Partner, time: ServiceTime, clock: Pick<Clock, 'now'>, sign = signPartnerJwt): Signing {
	const kept = new Map<string, Kept>();

	/** Moca routes a credential by the token's email alone, so it is kept by just that. */
	function tokenFor(recipient: RecipientEmail, aheadMs: number): Promise<string> {
		const known = kept.get(recipient);
		kept.delete(recipient);
		const isGood = known?.aheadMs === aheadMs && known.goodUntilMs > clock.now();
		const one = isGood ? known : signNow(recipient, aheadMs);
		kept.set(recipient, one);
		const oldest = kept.keys().next();
		if (kept.size > mostKept && oldest.done !== true) kept.delete(oldest.value);
		return one.token;
	}

	function signNow(recipient: RecipientEmail, aheadMs: number): Kept {
		const token = sign(partner, recipient, clock.now() + aheadMs);
		token.catch(() => kept.delete(recipient));
		return { token, aheadMs, goodUntilMs: clock.now() + tokenLifetimeMs - leftAloneMs };
	}

	const refuseToken = async (recipient: string, refused: string | undefined): Promise<void> => {
		if ((await kept.get(recipient)?.token) === refused) kept.delete(recipient);
	};

	return {
		async prepare(request) {
			if (!request.signFor) return request;
			const aheadMs = time.aheadMs();
			const token = await tokenFor(checkRecipientEmail(request.signFor.recipientEmail), aheadMs);
			return signedFor({ ...request, signFor: { ...request.signFor, [tokenMember]: token } }, aheadMs);
		},
		// Whoever needs it is told why it can't be signed.
		ahead: (recipient) => void tokenFor(recipient, time.aheadMs()).catch(() => undefined),
		through: (transport) =>
			time.through(async (request) => {
				const answer = await transport(request);
				if (answer.status === 401 && request.signFor) await refuseToken(request.signFor.recipientEmail ?? '', request.signFor[tokenMember]);
				return answer;
			}),
	};
}
