import { json, type LmsApi } from './lmsServer';

/**
 * LearnDash on WordPress, as far as the workflow uses it. What is documented, and where:
 * - what an event holds (user, course, progress): developers.learndash.com/hook/learndash_course_completed
 * - progress: developers.learndash.com/rest-api/v2/v2-user-course-progress (its sample response is empty there; the fields are documented)
 * - users, application passwords, refusals: developer.wordpress.org/rest-api/reference/users and …/application-passwords
 * Not documented, taken from the code of LearnDash’s add-on for Zapier, version 2.3.0: the form and the names in which an event is sent.
 */
export const learnDashUser = { user: 'n8n', password: 'abcd EFGH 1234 ijkl MNOP 6789' };

/** As “Triggers (Webhooks)” sends it: a form whose names are PHP's. */
export const learnDashEvent = (learner: number, changed: Record<string, string> = {}) => ({
	'user[ID]': String(learner),
	'user[user_login]': `learner${learner}`,
	'user[user_email]': `learner${learner}@example.com`,
	'user[display_name]': 'As the event has it',
	'user[first_name]': 'As',
	'user[last_name]': 'the event has it',
	'course[ID]': '2481',
	'course[post_title]': 'First Aid',
	'course[post_type]': 'sfwd-courses',
	'progress[2481][completed]': '7',
	'progress[2481][total]': '7',
	course_started_on: '2026-09-01 08:00:00',
	course_completed_on: '2026-10-30 10:00:00',
	trigger_type: 'course_completed',
	...changed,
});

/** As the add-on sends it to Zapier's own app: JSON, without a word on which event it is. */
export const learnDashZapEvent = (learner: number) => ({
	user: { data: { ID: String(learner), user_email: `learner${learner}@example.com` }, ID: learner, roles: ['subscriber'] },
	course: { ID: 2481, post_title: 'First Aid', post_type: 'sfwd-courses' },
	progress: { 2481: { completed: 7, total: 7 } },
	course_info: { completed_on: '2026-10-30 10:00:00' },
	course_started_on: '2026-09-01 08:00:00',
	course_completed_on: '2026-10-30 10:00:00',
	course_certificate_link: '',
	user_groups: [],
});

/** The day on which the course was completed. */
export const learnDashCompletedOn = '2026-10-30T00:00:00Z';

export const learnDashApi =
	(nameOf: (learner: number) => string | undefined, hasCompleted: (learner: number) => boolean): LmsApi =>
	({ url, headers }) => {
		const { user, password } = learnDashUser;
		if (headers.authorization !== `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`)
			return json({ code: 'rest_forbidden', message: 'Sorry, you are not allowed to do that.', data: { status: 401 } }, 401);
		const progress = /^\/wp-json\/ldlms\/v2\/users\/(\d+)\/course-progress\/(\d+)$/.exec(url.pathname);
		const completed = hasCompleted(Number(progress?.[1]));
		if (progress)
			return json({
				course: Number(progress[2]),
				progress_status: completed ? 'completed' : 'in-progress',
				last_step: 2490,
				steps_completed: completed ? 7 : 3,
				steps_total: 7,
				date_started: '2026-09-01T08:00:00',
				date_completed: completed ? '2026-10-30T10:00:00' : null,
			});
		const learner = /^\/wp-json\/wp\/v2\/users\/(\d+)$/.exec(url.pathname)?.[1];
		const name = nameOf(Number(learner));
		if (name === undefined) return json(learnDashRefusal, 404);
		return json({ id: Number(learner), name, url: '', description: '', link: '', slug: `learner${learner}`, avatar_urls: {}, meta: [] });
	};

export const learnDashRefusal = { code: 'rest_user_invalid_id', message: 'Invalid user ID.', data: { status: 404 } };
