import HTTPTransport

/// The ways to forms, marketing e-mails and events.
extension MockHubSpot {
    mutating func marketingRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let path = target.path.filter { !HubSpotTarget.isVersion($0) }
        let rest = Array(path.dropFirst(2))
        switch (path.first, path.dropFirst().first) {
        case ("marketing"?, "forms"?): return self.formRoute(rest, target, request, now)
        case ("forms"?, "forms"?): return self.oldForms(rest, request, now)
        case ("form-integrations"?, "submissions"?):
            return self.submissionRoute(rest, target, request, now)
        case ("submissions"?, "integration"?):
            return self.submitForm(Array(rest.dropFirst()), request, isSigned: true, now)
        case ("marketing-emails"?, "emails"?): return self.oldEmails(rest, target, request, now)
        // Workflows are not modelled: the account has none.
        case ("automation"?, "workflows"?) where rest.isEmpty && request.method == .get:
            return HTTPResponse(status: 200, body: Array(#"{"workflows":[]}"#.utf8))
        case ("email"?, "public"?): return self.emailRoute(rest, target, request, now)
        case ("events"?, "events"?), ("events"?, "event-occurrences"?):
            return self.eventRoute(rest, target, request, now)
        case ("events"?, "event-definitions"?):
            return self.definitionRoute(rest, target, request, now)
        case ("events"?, "send"?): return self.sendEvents(rest, request, now)
        default: return self.error(404, "resource not found", now: now)
        }
    }
}
