/// What HubSpot's own integration puts into Salesforce as tasks and this one does not, with the reason.
///
/// Knowledge base: sync activities and tasks between HubSpot and Salesforce (the events of its table).
enum UnsyncedEvent: String, CaseIterable {
    case formSubmissions = "form_submissions"
    case marketingEmailSends = "marketing_email_sends"
    case marketingEmailOpens = "marketing_email_opens"
    case marketingEmailClicks = "marketing_email_clicks"
    case salesEmailOpens = "sales_email_opens"
    case salesEmailClicks = "sales_email_clicks"
    case salesContentViews = "sales_content_views"
    case integrationEvents = "integration_events"

    /// Other words for the same.
    private var names: [String] {
        switch self {
        case .formSubmissions: ["form submission", "forms", "form"]
        case .marketingEmailSends: ["marketing email sent", "marketing_emails", "marketing email"]
        case .marketingEmailOpens: ["marketing email opened", "email opens"]
        case .marketingEmailClicks: ["marketing email clicked", "email clicks"]
        case .salesEmailOpens: ["sales email opened"]
        case .salesEmailClicks: ["sales email clicked"]
        case .salesContentViews: ["sales content viewed", "content viewed", "document views"]
        case .integrationEvents: ["integration event", "timeline events", "timeline_events"]
        }
    }

    /// The event that somebody means, however it is written, or `nil`.
    init?(named text: String) {
        let word = Self.plain(text)
        let found = Self.allCases.first { event in
            ([event.rawValue] + event.names).contains { Self.plain($0) == word }
        }
        guard let found else { return nil }
        self = found
    }

    private static func plain(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter }
    }

    /// Why it is not synced.
    var reason: String {
        switch self {
        case .formSubmissions:
            "HubSpot's API lists the submissions of one form at a time, without ids and without the contact"
        case .marketingEmailSends, .marketingEmailOpens, .marketingEmailClicks:
            "what happens to a marketing e-mail is an event, which no association ties to a record"
        case .salesEmailOpens, .salesEmailClicks:
            "HubSpot's API has no record of who opened or clicked a sales e-mail"
        case .salesContentViews: "HubSpot's API does not show who viewed a document"
        case .integrationEvents:
            "the events of another app's integration are readable by that app only"
        }
    }
}
