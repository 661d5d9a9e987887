/// What visitors and readers do, for tests and simulations; nothing here is billed.
extension MockHubSpot {
    /// An admin makes a form of text fields; answers its id.
    @discardableResult
    package mutating func recordForm(
        _ name: String,
        fields: [(name: String, isRequired: Bool)],
        at now: Int64
    ) -> String {
        let id = self.marketing.uuid(at: now)
        self.marketing.forms.append(.simple(id, name, fields: fields, at: now))
        return id
    }

    /// A visitor sends a form; answers the submission's id, `nil` for a form that is not there.
    @discardableResult
    package mutating func recordSubmission(
        of form: String,
        _ values: [(name: String, value: String)],
        page: String = "",
        at now: Int64
    ) -> String? {
        guard let form = self.marketing.forms.first(where: { $0.id == form }) else { return nil }
        let submission = FormSubmission(
            id: self.marketing.uuid(at: now),
            at: now,
            values: values.map {
                FormSubmission.Value(name: $0.name, value: $0.value, objectTypeID: "0-1")
            },
            pageURL: page
        )
        self.take(submission, form, now)
        return submission.id
    }

    /// A marketing e-mail to many; answers its id.
    @discardableResult
    package mutating func recordCampaign(
        _ name: String,
        subject: String,
        at now: Int64
    ) -> Int64 {
        let id = 38_000_000 + self.marketing.nextID()
        self.marketing.campaigns.append(
            EmailCampaign(id: id, name: name, subject: subject, updatedAt: now)
        )
        return id
    }

    /// Something happens to an e-mail; answers the event.
    ///
    /// It belongs to the recipient's last sending of that campaign.
    @discardableResult
    package mutating func recordEmail(
        _ kind: MockHubSpotEmailEvent.Kind,
        to recipient: String,
        campaign: Int64,
        details: [String: String] = [:],
        isFiltered: Bool = false,
        at now: Int64
    ) -> MockHubSpotEmailEvent {
        let sending = self.marketing.emails.last {
            $0.kind == .sent && $0.recipient == recipient && $0.campaignID == campaign
        }
        var details = details
        if kind == .statusChange, details["portalSubscriptionStatus"] == nil {
            details["portalSubscriptionStatus"] = "UNSUBSCRIBED"
            details["source"] = details["source"] ?? "SOURCE_RECIPIENT"
        }
        if kind == .statusChange {
            let hasLeft = details["portalSubscriptionStatus"] == "UNSUBSCRIBED"
            self.setOptOut(recipient, hasLeft, now)
        }
        let event = MockHubSpotEmailEvent(
            id: self.marketing.uuid(at: now),
            kind: kind,
            recipient: recipient,
            campaignID: campaign,
            createdAt: now,
            details: details,
            isFiltered: isFiltered,
            sentID: kind == .sent ? nil : sending?.id,
            sentAt: kind == .sent ? nil : sending?.createdAt
        )
        self.marketing.emails.append(event)
        let over = self.marketing.emails.count - max(1, self.settings.marketing.kept)
        if over > 0 { self.marketing.emails.removeFirst(over) }
        if let place = self.marketing.campaigns.firstIndex(where: { $0.id == campaign }) {
            self.marketing.campaigns[place].updatedAt = now
        }
        return event
    }

    /// Who leaves is marked as such; nobody is made for it.
    private mutating func setOptOut(_ recipient: String, _ hasLeft: Bool, _ now: Int64) {
        guard self.tables[Self.contacts].id(of: recipient, by: "email") != nil else { return }
        let author = MockHubSpotAuthor(sourceType: "EMAIL", sourceID: "")
        _ = self.contact(recipient, [("hs_email_optout", hasLeft ? "true" : "false")], author, now)
    }

    /// A contact does something, such as `e_visited_page`; answers the event's id.
    @discardableResult
    package mutating func recordEvent(
        _ eventType: String,
        of contact: String,
        _ properties: [(name: String, value: String)] = [],
        at now: Int64
    ) -> String? {
        guard let number = Int64(contact), let row = self.follow(number, Self.contacts) else {
            return nil
        }
        let id = self.marketing.uuid(at: now)
        self.keepEvent(
            OccurredEvent(
                id: id,
                eventType: eventType,
                objectTypeID: "0-1",
                objectID: row.id,
                at: now,
                properties: properties.map { .init(name: $0.name, value: $0.value) }
            )
        )
        return id
    }
}
