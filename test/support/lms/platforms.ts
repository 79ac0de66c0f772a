import { canvasCompletedOn, canvasEvent, canvasRefusal, canvasToken } from './canvas';
import { learnDashCompletedOn, learnDashEvent, learnDashRefusal, learnDashUser } from './learndash';
import { html, json, type Fault } from './lmsServer';
import { moodleCompletedOn, moodleEvent, moodleRefusal, moodleToken } from './moodle';

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

/** The platforms that only say where to look: what they report, what they are asked, and how each of them says no. */
export const platforms = [
	{
		name: 'Moodle',
		file: 'moodle-course-completed.json',
		ask: ['Ask Moodle: completed?', 'Ask Moodle: who is it?'],
		lookUps: [/get_course_completion_status/, /get_users_by_field/],
		your: 'Your Moodle',
		below: 'moodle',
		event: (learner: number) => moodleEvent(learner),
		otherEvent: (learner: number) => moodleEvent(learner, { eventname: '\\core\\event\\course_viewed' }),
		otherCourse: (learner: number) => moodleEvent(learner, { courseid: '999' }),
		nobody: () => moodleEvent(1, { relateduserid: null }),
		completedOn: moodleCompletedOn,
		achievement: 'First Aid 2026',
		notCompleted: 'Moodle says that this course is not completed',
		notShown: 'Moodle does not show this learner',
		refusals: [
			['refuses with HTTP 200 and an exception', json(moodleRefusal), 422, 'Invalid token - token not found (invalidtoken)'],
			['answers with HTTP 404', html(404), 422, 'HTTP 404'],
		],
		secret: moodleToken,
	},
	{
		name: 'Canvas',
		file: 'canvas-course-completed.json',
		ask: ['Ask Canvas: completed?', 'Ask Canvas: who is it?'],
		lookUps: [/\/progress$/, /\/profile$/],
		your: 'Your Canvas',
		below: 'canvas',
		event: (learner: number) => canvasEvent(learner),
		otherEvent: (learner: number) => canvasEvent(learner, { event: 'course_progress' }),
		otherCourse: (learner: number) => canvasEvent(learner, { course: '999' }),
		nobody: () => canvasEvent(1, { user: { email: null, id: null, name: null } }),
		completedOn: canvasCompletedOn,
		achievement: 'Computer Science I, 2026',
		notCompleted: 'Canvas says that this course is not completed',
		notShown: 'HTTP 404: The specified resource does not exist.',
		refusals: [
			['answers with HTTP 404', json(canvasRefusal, 404), 422, 'HTTP 404: The specified resource does not exist.'],
			['answers with HTTP 401', json({ errors: [{ message: 'Invalid access token.' }] }, 401), 422, 'Invalid access token.'],
			['refuses with an error in a whole answer', json({ error: { message: 'no progress available' } }), 422, 'no progress available'],
		],
		secret: canvasToken,
	},
	{
		name: 'LearnDash',
		file: 'learndash-course-completed.json',
		ask: ['Ask LearnDash: completed?', 'Ask WordPress: who is it?'],
		lookUps: [/\/course-progress\//, /\/wp\/v2\/users\//],
		your: 'Your WordPress',
		below: 'wordpress',
		event: (learner: number) => form(learnDashEvent(learner)),
		otherEvent: (learner: number) => form(learnDashEvent(learner, { trigger_type: 'lesson_completed' })),
		otherCourse: (learner: number) => form(learnDashEvent(learner, { 'course[ID]': '999' })),
		nobody: () => form(learnDashEvent(1, { 'user[ID]': '' })),
		completedOn: learnDashCompletedOn,
		achievement: 'First Aid 2026',
		notCompleted: 'LearnDash says that this course is in-progress',
		notShown: 'HTTP 404: Invalid user ID.',
		refusals: [
			['answers with HTTP 404', json(learnDashRefusal, 404), 422, 'HTTP 404: Invalid user ID.'],
			['answers with HTTP 403', json({ code: 'rest_forbidden', message: 'Sorry.', data: { status: 403 } }, 403), 422, 'HTTP 403: Sorry.'],
		],
		secret: learnDashUser.password,
	},
] as const;

export type Platform = (typeof platforms)[number];

/** What can go wrong with any of them: how, the status that the caller is to get, and words of the reason. */
export const troubles: Array<[string, Fault['reply'], number, string]> = [
	['is silent', 'silence', 503, 'gave no answer'],
	['cuts the line', undefined, 503, 'gave no answer'],
	['is down', html(503), 503, 'HTTP 503'],
	['has too many requests', json({}, 429), 503, 'HTTP 429'],
	['answers with a page', html(200), 422, 'did not answer as its'],
];
