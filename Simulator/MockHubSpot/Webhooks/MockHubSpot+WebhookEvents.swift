/// Which events each app's subscriptions ask for.
extension MockHubSpot {
    mutating func queueWebhooks(_ changes: [ChangeEvent], _ now: Int64) {
        for appID in self.webhooks.apps.keys.sorted() {
            guard var app = self.webhooks.apps[appID], app.target != nil else { continue }
            for change in changes {
                for subscription in app.subscriptions
                where subscription.isActive && self.isAbout(change, subscription) {
                    for detail in self.details(of: change, for: subscription) {
                        self.queue(change, detail, subscription, &app)
                    }
                }
            }
            let over = app.waiting.count - max(0, self.settings.webhooks.waitingMax)
            if over > 0 { app.waiting.removeFirst(over) }
            self.webhooks.apps[appID] = app
        }
    }

    private func isAbout(_ change: ChangeEvent, _ subscription: WebhookSubscription) -> Bool {
        guard case .completion(let event) = change.kind else {
            return subscription.subject == change.type
        }
        guard subscription.eventType == "event.completed" else { return false }
        // Without a name it is about every event.
        guard let name = subscription.eventTypeName, name != event.eventType else { return true }
        return self.definition(name).map { $0.fullName(self.settings.portalID) } == event.eventType
    }

    private mutating func queue(
        _ change: ChangeEvent,
        _ detail: WebhookEvent.Detail,
        _ subscription: WebhookSubscription,
        _ app: inout WebhookApp
    ) {
        let event = WebhookEvent(
            id: self.webhooks.nextEventID(),
            subscriptionID: subscription.id,
            subscriptionType: subscription.eventType,
            objectTypeID: subscription.isTyped ? change.type : nil,
            occurredAt: change.at,
            readyAt: change.at + max(0, self.settings.webhooks.delay),
            objectID: change.id,
            author: change.author,
            detail: detail
        )
        if !self.webhooks.happens(self.settings.webhooks.lossPercent) { app.waiting.append(event) }
        if self.webhooks.happens(self.settings.webhooks.duplicatePercent) {
            app.waiting.append(event)
        }
    }

    /// The events that a subscription makes of a change; none for what it is not about.
    private func details(
        of change: ChangeEvent,
        for subscription: WebhookSubscription
    ) -> [WebhookEvent.Detail] {
        let settings = self.settings.webhooks
        switch (change.kind, subscription.verb) {
        // `NEW` was seen in a public record; the word of deletions is from memory.
        case (.creation, "creation"): return [.flag("NEW")]
        case (.creation(let fields), "propertyChange") where settings.creationTellsProperties:
            return fields.filter { $0.name == subscription.propertyName }.map { .property($0) }
        case (.update(let fields), "propertyChange"):
            return fields.filter { $0.name == subscription.propertyName }.map { .property($0) }
        case (.deletion, "deletion"): return [.flag("DELETED")]
        case (.privacyDeletion, "deletion") where settings.privacyDeletionTellsDeletion:
            return [.flag("DELETED")]
        case (.privacyDeletion, "privacyDeletion"), (.restore, "restore"): return [.none]
        case (.merge(let primary, let merged, let moved), "merge"):
            return [.merge(primary: primary, merged: merged, moved: moved)]
        case (.completion(let event), "completed"): return [.completion(event)]
        case (.association(let tie), "associationChange"):
            let ends = (tie.from.type, tie.to.type)
            let type = self.associations.type(tie.kind, from: ends.0, to: ends.1)
            let name = "\(self.label(ends.0))_TO_\(self.label(ends.1))"
            return [.association(tie, name: name, isPrimary: type?.isPrimary ?? false)]
        default: return []
        }
    }

    private func label(_ type: String) -> String {
        self.place(of: type).map { self.tables[$0].object.label } ?? type
    }
}
