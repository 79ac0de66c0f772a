import { z } from 'zod';
import type { ApiCall } from '../../http/apiRoute';
import { isDate } from '../http/dates';
import { invalid, type LearnCoinRefusal } from '../http/errors';
import { fieldName, fieldRefusal, isMissing, requireJsonObject } from '../http/readBody';
import type { LearnCoinSettings } from '../settings';
import type { CredentialInput } from '../types';

/** Documented: 500, whatever the glossary's arithmetic says (docs/api/learncoin.md 12, no. 7). */
const maxCredentials = 500;

/**
 * The credentials of a createBatch body, checked as the errors page says (docs/api/learncoin.md 3.1, 4): one bad one refuses them all.
 * @throws LearnCoinRefusal 400 naming the first wrong field
 */
export function readCredentialInputs(call: ApiCall, settings: LearnCoinSettings): CredentialInput[] {
	const body = requireJsonObject(call);
	const { credentials } = body;
	if (Array.isArray(credentials) && credentials.length > maxCredentials) {
		throw invalid('batch_too_large', `credentials has ${credentials.length} items, at most ${maxCredentials} are allowed.`);
	}
	if (Array.isArray(credentials)) credentials.forEach((credential, at) => requireAchievementSize(credential, at, settings));
	const parsed = bodySchema(settings).safeParse(body);
	if (!parsed.success) throw refusalOf(parsed.error.issues);
	requireDistinctRecipients(parsed.data.credentials, settings);
	return parsed.data.credentials;
}

function requireAchievementSize(credential: unknown, at: number, { achievementLimitBytes }: LearnCoinSettings): void {
	const achievement = (credential as { achievement?: unknown } | null)?.achievement;
	if (achievement === undefined) return;
	const bytes = Buffer.byteLength(JSON.stringify(achievement));
	if (bytes > achievementLimitBytes) {
		throw invalid(
			'achievement_too_large',
			`credentials[${at}].achievement has ${bytes} bytes, at most ${achievementLimitBytes} are allowed.`,
		);
	}
}

function requireDistinctRecipients(credentials: CredentialInput[], { duplicateRecipients }: LearnCoinSettings): void {
	if (duplicateRecipients === 'accepted') return;
	const ids = credentials.map(({ recipient }) => recipient.id);
	const at = ids.findIndex((id, index) => ids.indexOf(id) !== index);
	if (at >= 0) throw invalid('invalid_field_format', `credentials[${at}].recipient.id appears twice in this batch.`);
}

/** What a check says of a value whose form has a code of its own. */
const ownCodes = {
	recipient: 'recipient_id_invalid',
	framework: 'alignment_framework_unknown',
} as const;

const uuid = {
	any: /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
	v4: /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i,
};

function bodySchema(settings: LearnCoinSettings) {
	const object = <Shape extends z.ZodRawShape>(shape: Shape) =>
		z.object(shape).catchall(z.unknown().refine(() => settings.unknownFields === 'ignored', 'it is not a known field'));
	const text = z.string().min(1);
	const date = z.string().refine((value) => isDate(value, settings.dates), 'must be ISO 8601 UTC, for example 2026-06-30T00:00:00Z');
	const recipientId = z
		.string()
		.min(1)
		.refine((id) => uuid[settings.recipientUuid].test(id), { params: { code: ownCodes.recipient } });
	const framework = z.string().refine((name) => settings.alignmentFrameworks.includes(name), { params: { code: ownCodes.framework } });
	const alignment = object({
		targetFramework: framework.optional(),
		targetCode: z.string().optional(),
		targetName: z.string().optional(),
		targetUrl: z.string().optional(),
		targetType: z.string().optional(),
	});
	const credential = object({
		recipient: object({ id: recipientId, name: text, email: z.string().email('must be an email address').optional() }),
		achievement: object({
			id: z.string().url('must be a URL').optional(),
			name: text,
			description: text,
			criteria: object({ narrative: z.string().optional() }).optional(),
			alignment: z.array(alignment).optional(),
		}),
		issuanceDate: date,
		expirationDate: date.optional(),
		evidence: z.array(z.unknown()).optional(),
	}).superRefine(({ issuanceDate, expirationDate }, refinement) => {
		if (settings.expirationBeforeIssuance === 'accepted' || expirationDate === undefined) return;
		if (Date.parse(expirationDate) > Date.parse(issuanceDate)) return;
		refinement.addIssue({ code: 'custom', path: ['expirationDate'], message: 'must be after issuanceDate' });
	});
	const least = settings.emptyBatch === 'refused' ? 1 : 0;
	return object({ credentials: z.array(credential).min(least, 'must hold at least one credential') });
}

function refusalOf(issues: z.ZodIssue[]): LearnCoinRefusal {
	const [issue] = issues;
	if (!issue) return invalid('invalid_field_format', 'The body is invalid.');
	const field = fieldName(issue.path);
	const isRecipientId = field.endsWith('.recipient.id');
	if (isRecipientId && !isMissing(issue)) return invalid('recipient_id_invalid', `${field} must be urn:uuid: and a UUID v4.`);
	if (issue.code === 'custom' && issue.params?.code === ownCodes.framework) {
		return invalid('alignment_framework_unknown', `${field} is not a supported framework.`);
	}
	return fieldRefusal(issue);
}
