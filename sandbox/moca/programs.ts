import { field, type DataPoint } from './dataPoint';

/** An issuance program: what the API calls `credentialId` (docs/api/moca.md 3.2). */
export interface SandboxProgram {
	credentialId: string;
	name: string;
	description: string;
	category: string;
	/** A draft answers 404, as if it weren't there (docs/api/moca.md 3.4, 9). */
	published: boolean;
	schema: { schemaId: string; title: string; description: string };
	dataPoints: DataPoint[];
	/** ISO 8601 UTC. */
	createdAt: string;
}

/** The programs every sandbox starts with; their ids never change, so that example workflows can name them. */
export function seedPrograms(): SandboxProgram[] {
	return [courseCompletion(), identityCheck(), communityBadge(), draft(), assessment(), kycVerification()];
}

function courseCompletion(): SandboxProgram {
	return {
		credentialId: 'c26k40g0m71tq0035218Ra',
		name: 'Course Completion',
		description: 'Issued to a learner who finished a course.',
		category: 'education',
		published: true,
		schema: { schemaId: 'c26j90e1bx5hn0027734Wd', title: 'CourseCompletion', description: 'A finished course with its result' },
		dataPoints: [
			field('course', 'Course', 'string', true, 'Title of the course'),
			field('score', 'Score', 'integer', true, 'Final score, 0 to 100'),
			field('passed', 'Passed', 'boolean', false, 'Whether the course was passed'),
			field('completedOn', 'Completed on', 'date', false, 'Day of completion, ISO 8601'),
		],
		createdAt: '2026-02-03T09:15:00.000Z',
	};
}

function identityCheck(): SandboxProgram {
	return {
		credentialId: 'c27p81h0k93vz0014406Tb',
		name: 'KYC Level',
		description: 'Derived facts of an identity check, without personal data.',
		category: 'identity',
		published: true,
		schema: { schemaId: 'c27n22f1ay8jm0031950Xe', title: 'KycLevel', description: 'Result of an identity check' },
		dataPoints: [
			field('countryCode', 'Country', 'string', true, 'ISO 3166-1 alpha-2'),
			field('isOver18', 'Over 18', 'boolean', true, 'Whether the person is of age'),
			field('kycLevel', 'Level', 'integer', false, '1 to 3'),
			field('riskScore', 'Risk score', 'number', false, '0 to 1'),
			field('verifiedOn', 'Verified on', 'date', false, 'Day of the check, ISO 8601'),
			field('provider', 'Provider', 'object', false, 'Who did the check'),
		],
		createdAt: '2026-03-11T14:00:00.000Z',
	};
}

function communityBadge(): SandboxProgram {
	return {
		credentialId: 'c28r52j0n15ws0042087Uc',
		name: 'Community Badge',
		description: 'A badge for taking part; no field is required.',
		category: 'achievement',
		published: true,
		schema: { schemaId: 'c28q63d1cz9kp0019268Yf', title: 'CommunityBadge', description: 'Participation' },
		dataPoints: [
			field('event', 'Event', 'string', false, 'Name of the event'),
			field('hours', 'Hours', 'number', false, 'Hours taken part'),
		],
		createdAt: '2026-04-20T08:30:00.000Z',
	};
}

/** One field of every type. */
function assessment(): SandboxProgram {
	return {
		credentialId: 'c30v94p0r59yt0073651We',
		name: 'Skills Assessment',
		description: 'A graded assessment with its details.',
		category: 'education',
		published: true,
		schema: { schemaId: 'c30u05e1ex8ms0087482Ah', title: 'SkillsAssessment', description: 'Result of a graded assessment' },
		dataPoints: [
			field('assessment', 'Assessment', 'string', true, 'Name of the assessment'),
			field('attempt', 'Attempt', 'integer', true, 'First is 1'),
			field('score', 'Score', 'number', true, '0 to 100'),
			field('passed', 'Passed', 'boolean', true, 'Whether it was passed'),
			field('takenOn', 'Taken on', 'date', true, 'Day of the assessment, ISO 8601'),
			field('submittedAt', 'Submitted at', 'date-time', true, 'Point in time, ISO 8601'),
			field('skills', 'Skills', 'array', true, 'Skills that were shown'),
			field('assessor', 'Assessor', 'object', true, 'Who graded it'),
			field('remark', 'Remark', 'string', false, 'Anything else'),
		],
		createdAt: '2026-06-15T11:20:00.000Z',
	};
}

/** The fields of Moca's own example of an event (docs/api/moca.md 7.5). The level's type isn't told there; in a guide it is one of three words. */
function kycVerification(): SandboxProgram {
	return {
		credentialId: 'c31x16q0t70au0084925Xf',
		name: 'KYC Verification',
		description: 'Issued when an identity check is passed.',
		category: 'identity',
		published: true,
		schema: { schemaId: 'c31w17f1gy9nt0098593Bi', title: 'KycVerification', description: 'A passed identity check' },
		dataPoints: [
			field('kycVerified', 'Verified', 'boolean', true, 'Whether the check was passed'),
			field('kycLevel', 'Level', 'string', false, 'basic, enhanced or institutional'),
			field('verifiedAt', 'Verified at', 'date-time', true, 'When it was passed, ISO 8601'),
		],
		createdAt: '2026-07-20T10:00:00.000Z',
	};
}

function draft(): SandboxProgram {
	return {
		credentialId: 'c29t73m0p37xr0056149Vd',
		name: 'Unpublished Draft',
		description: 'Not published, so that issuing it fails.',
		category: 'education',
		published: false,
		schema: { schemaId: 'c29s84c1dw0lq0068371Zg', title: 'UnpublishedDraft', description: 'A draft' },
		dataPoints: [field('course', 'Course', 'string', true, 'Title of the course')],
		createdAt: '2026-05-02T16:45:00.000Z',
	};
}
