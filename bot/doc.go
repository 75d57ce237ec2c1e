// Package bot is the room for docent in Slack: events in, answers out. It
// holds no code yet; the answering core is complete without it and knows
// nothing of Slack. What it will promise is fixed: an accepted event always
// ends in an answer, a refusal or a plain error, and the audience of an answer
// is its place.
package bot
