import { json, type LmsApi } from './lmsServer';

/**
 * Moodle, as far as the workflow uses it. What is documented, and where:
 * - the event: lib/classes/event/course_completed.php in moodle/moodle (`relateduserid` is who completed the course; `userid` who caused it,
 *   0 for cron); all fields of an event: docs.moodle.org/dev/Event_2
 * - how a plugin reports it: github.com/valentineus/moodle-webhooks, its guide “Getting Started”, “Request format”
 * - the web service: docs.moodle.org/dev/Creating_a_web_service_client; core_user_get_users_by_field in user/externallib.php,
 *   core_completion_get_course_completion_status in completion/classes/external.php
 * - refusals: HTTP 200 with exception, errorcode and message (webservice/rest/locallib.php)
 */
export const moodleToken = 'a-token-of-moodle';

export const moodleEvent = (learner: number, changed: Record<string, unknown> = {}) => ({
	eventname: '\\core\\event\\course_completed',
	component: 'core',
	action: 'completed',
	target: 'course',
	objecttable: 'course_completions',
	objectid: '391',
	crud: 'u',
	edulevel: 2,
	contextid: 87,
	contextlevel: 50,
	contextinstanceid: '12',
	userid: '0',
	courseid: '12',
	relateduserid: String(learner),
	anonymous: 0,
	other: { relateduserid: String(learner) },
	timecreated: 1_793_354_400,
	host: 'moodle.example.com',
	token: '',
	extra: '',
	...changed,
});

/** The moment of the event above. */
export const moodleCompletedOn = '2026-10-30T10:00:00Z';

/** Learners without an own name are not shown to this token. */
export const moodleApi =
	(nameOf: (learner: number) => string | undefined, hasCompleted: (learner: number) => boolean): LmsApi =>
	({ url }) => {
		if (url.pathname !== '/webservice/rest/server.php') return undefined;
		const asked = url.searchParams;
		if (asked.get('moodlewsrestformat') !== 'json')
			return { status: 200, headers: { 'content-type': 'application/xml' }, body: '<RESPONSE/>' };
		if (asked.get('wstoken') !== moodleToken) return json(moodleRefusal);
		if (asked.get('wsfunction') === 'core_completion_get_course_completion_status')
			return json(completionStatus(hasCompleted(Number(asked.get('userid')))));
		if (asked.get('wsfunction') !== 'core_user_get_users_by_field' || asked.get('field') !== 'id') return json(accessException);
		const learner = Number(asked.get('values[0]'));
		const fullname = nameOf(learner);
		return json(
			fullname === undefined ? [] : [{ id: learner, fullname, email: `learner${learner}@example.com`, idnumber: '', department: '' }],
		);
	};

const completionStatus = (completed: boolean) => ({
	completionstatus: {
		completed,
		aggregation: 1,
		completions: [
			{
				type: 4,
				title: 'Activity completion',
				status: completed ? 'Yes' : 'No',
				complete: completed,
				timecompleted: completed ? 1_793_354_395 : null,
				details: { type: 'Activity completion', criteria: 'Exam', requirement: 'Passing', status: '' },
			},
		],
	},
	warnings: [],
});

export const moodleRefusal = {
	exception: 'core\\exception\\moodle_exception',
	errorcode: 'invalidtoken',
	message: 'Invalid token - token not found',
};

const accessException = {
	exception: 'webservice_access_exception',
	errorcode: 'accessexception',
	message: 'Access control exception',
};
