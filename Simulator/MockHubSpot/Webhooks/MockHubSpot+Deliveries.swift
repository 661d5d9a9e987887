import HTTPTransport
import WireJSON

/// Webhooks by push: what is due is handed out as requests, and their fate is told back.
extension MockHubSpot {
    /// Whether any app has somewhere to be told something.
    package var hasWebhooks: Bool {
        self.webhooks.apps.values.contains { $0.target != nil && !$0.subscriptions.isEmpty }
    }

    /// The requests to send now; each is under way until `delivered` is called for it.
    package mutating func dueDeliveries(at now: Int64) -> [MockHubSpotDelivery] {
        if self.imports.isBusy { self.runImports(now) }
        self.tellChanges(now)
        var due: [MockHubSpotDelivery] = []
        for appID in self.webhooks.apps.keys.sorted() {
            guard var app = self.webhooks.apps[appID], let target = app.target,
                let secret = self.settings.apps.first(where: { $0.id == appID })?.signingSecret
            else { continue }
            self.fillBatches(&app, now)
            var underWay = app.batches.count { $0.isUnderWay }
            for place in app.batches.indices
            where underWay < target.concurrentMax && !app.batches[place].isUnderWay
                && app.batches[place].dueAt <= now
            {
                app.batches[place].isUnderWay = true
                underWay += 1
                let batch = app.batches[place]
                due.append(
                    MockHubSpotDelivery(
                        id: batch.id,
                        appID: appID,
                        attempt: batch.attempt,
                        request: self.request(batch, appID, target.url, secret, now)
                    )
                )
            }
            self.webhooks.apps[appID] = app
        }
        return due
    }

    /// What the app answered; `nil` for no answer within the time it has.
    package mutating func delivered(_ id: Int64, status: Int?, at now: Int64) {
        for (appID, app) in self.webhooks.apps {
            guard let place = app.batches.firstIndex(where: { $0.id == id && $0.isUnderWay }) else {
                continue
            }
            var batch = app.batches[place]
            let isTaken = status.map { (200..<300).contains($0) } ?? false
            guard !isTaken, batch.attempt < self.settings.webhooks.retryDelays.count else {
                self.webhooks.apps[appID]?.batches.remove(at: place)
                return
            }
            batch.dueAt = now + self.pause(before: batch.attempt)
            batch.attempt += 1
            batch.isUnderWay = false
            self.webhooks.apps[appID]?.batches[place] = batch
            return
        }
    }

    private mutating func pause(before attempt: Int) -> Int64 {
        let delay = self.settings.webhooks.retryDelays[attempt]
        let jitter = Int64(self.settings.webhooks.retryJitterPercent)
        let span = delay / 100 * max(0, min(100, jitter))
        guard span > 0 else { return delay }
        let offset = Int64(self.webhooks.generator.next() % UInt64(span * 2 + 1))
        return delay - span + offset
    }

    private mutating func fillBatches(_ app: inout WebhookApp, _ now: Int64) {
        // What an app does not take counts as well; the rest waits where the oldest are dropped.
        let held = app.batches.reduce(0) { $0 + $1.events.count }
        let room = max(0, self.settings.webhooks.waitingMax - held)
        guard room > 0, app.waiting.contains(where: { $0.readyAt <= now }) else { return }
        var (ready, later) = ([WebhookEvent](), [WebhookEvent]())
        for event in app.waiting {
            if event.readyAt <= now, ready.count < room {
                ready.append(event)
            } else {
                later.append(event)
            }
        }
        app.waiting = later
        if self.settings.webhooks.shuffles { ready.shuffle(using: &self.webhooks.generator) }
        let size = max(1, self.settings.webhooks.eventsPerRequestMax)
        for start in stride(from: 0, to: ready.count, by: size) {
            let events = Array(ready[start..<min(start + size, ready.count)])
            app.batches.append(
                WebhookApp.Batch(id: self.webhooks.nextBatchID(), events: events, dueAt: now)
            )
        }
    }

    private func request(
        _ batch: WebhookApp.Batch,
        _ appID: Int64,
        _ url: String,
        _ secret: String,
        _ now: Int64
    ) -> HTTPRequest {
        var writer = JSONWriter(reserving: batch.events.count * 300)
        writer.array { list in
            for event in batch.events {
                list.object { self.write(event, appID, batch.attempt, into: &$0) }
            }
        }
        let signature = WebhookSignature.headers(
            secret: secret,
            method: "POST",
            url: url,
            body: writer.bytes,
            timestamp: now,
            old: self.settings.webhooks.oldSignature
        )
        let agent =
            "HubSpot Connect 2.0 (http://dev.hubspot.com/) "
            + "(namespace: webhooks-nio-http-client) - WebhooksExecutorDaemon-executor"
        let headers = [
            HTTPHeader("Content-Type", "application/json"), HTTPHeader("User-Agent", agent),
        ]
        return HTTPRequest(
            method: .post,
            url: url,
            headers: headers + signature,
            body: writer.bytes
        )
    }

    private func write(
        _ event: WebhookEvent,
        _ appID: Int64,
        _ attempt: Int,
        into item: inout JSONWriter
    ) {
        item.member("eventId", event.id)
        item.member("subscriptionId", event.subscriptionID)
        item.member("portalId", self.settings.portalID)
        item.member("appId", appID)
        item.member("occurredAt", event.occurredAt)
        item.member("subscriptionType", event.subscriptionType)
        item.member("attemptNumber", attempt)
        if let type = event.objectTypeID { item.member("objectTypeId", type) }
        switch event.detail {
        case .association(let change, let name, let isPrimary):
            item.member("changeSource", event.author.sourceType)
            item.member("associationType", name)
            item.member("fromObjectId", change.from.id)
            item.member("toObjectId", change.to.id)
            item.member("associationRemoved", change.isRemoved)
            item.member("isPrimaryAssociation", isPrimary)
            return
        case .merge(let primary, let merged, let moved):
            item.member("objectId", event.objectID)
            item.member("changeSource", event.author.sourceType)
            item.member("primaryObjectId", primary)
            item.name("mergedObjectIds")
            item.array { list in for id in merged { list.integer(id) } }
            item.member("newObjectId", event.objectID)
            item.member("numberOfPropertiesMoved", moved)
        case .property(let field):
            item.member("objectId", event.objectID)
            item.member("propertyName", field.name)
            item.member("propertyValue", field.value)
            item.member("changeSource", event.author.sourceType)
        case .completion(let done):
            // HubSpot documents the kind of subscription and not what it sends: from memory.
            item.member("objectId", event.objectID)
            item.member("eventTypeName", done.eventType)
            item.member("eventOccurrenceId", done.id)
            item.name("properties")
            item.object { properties in
                for property in done.properties { properties.member(property.name, property.value) }
            }
            item.member("changeSource", event.author.sourceType)
        case .flag(let flag):
            item.member("objectId", event.objectID)
            item.member("changeFlag", flag)
            item.member("changeSource", event.author.sourceType)
        case .none:
            item.member("objectId", event.objectID)
            item.member("changeSource", event.author.sourceType)
        }
        if !event.author.sourceID.isEmpty { item.member("sourceId", event.author.sourceID) }
    }
}
