import HTTPTransport
import WireJSON

/// What records did: the events API.
extension MockHubSpot {
    /// `/events/{version}/events[/event-types]` and `/events/event-occurrences/{version}/…`.
    mutating func eventRoute(
        _ path: [String],
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        if let refusal = self.eventRefusal(now) { return refusal }
        guard request.method == .get else { return self.error(405, "Method not allowed", now: now) }
        switch path {
        case []: return self.showEvents(target, now)
        case ["event-types"]:
            let types = Set(self.marketing.events.map(\.eventType)).sorted()
            var writer = JSONWriter()
            writer.object { root in
                root.name("eventTypes")
                root.array { list in for type in types { list.string(type) } }
            }
            return HTTPResponse(status: 200, body: writer.bytes)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    /// The 403 of an account without the subscription; its text is from memory.
    mutating func eventRefusal(_ now: Int64) -> HTTPResponse? {
        guard !self.settings.marketing.hasEvents else { return nil }
        return self.error(
            403,
            "This account doesn't have access to the events API.",
            category: "FORBIDDEN",
            now: now
        )
    }

    private mutating func showEvents(_ target: HubSpotTarget, _ now: Int64) -> HTTPResponse {
        let times = ["occurredAfter", "occurredBefore"].map { target.parameter($0) }
        let bounds = times.map { $0.flatMap { ServerTime.parse($0) ?? Int64($0) } }
        for (text, bound) in zip(times, bounds) where text != nil && bound == nil {
            return self.invalid("\(text ?? "") is not a valid timestamp", now)
        }
        let type = target.parameter("objectType")
        let place = type.flatMap { self.place(of: $0) ?? self.place(of: $0.lowercased()) }
        guard type == nil || place != nil else {
            return self.error(400, "Unable to infer object type from: \(type ?? "")", now: now)
        }
        var record = target.parameter("objectId").flatMap { Int64($0) }
        // `objectProperty.email=…` names the record by a unique property.
        for (name, value) in target.properties("objectProperty.") {
            record = self.tables[place ?? Self.contacts].id(of: value, by: name) ?? -1
        }
        let eventType = target.parameter("eventType")
        let ids = target.list("id")
        guard eventType != nil || !ids.isEmpty || (place != nil && record != nil) else {
            return self.invalid("objectType with objectId, eventType or id is required", now)
        }
        let wanted = target.properties("property.")
        let typeID = place.map { self.tables[$0].object.typeID }
        var found = self.marketing.events.filter { event in
            (eventType == nil || event.eventType == eventType)
                && (ids.isEmpty || ids.contains(event.id))
                && (typeID == nil || event.objectTypeID == typeID)
                && (record == nil || event.objectID == record)
                && event.at > (bounds[0] ?? .min) && event.at < (bounds[1] ?? .max)
                && wanted.allSatisfy { want in
                    event.properties.contains { $0.name == want.name && $0.value == want.value }
                }
        }
        // The newest first, unless it is asked for otherwise.
        found.sort { ($0.at, $0.id) > ($1.at, $1.id) }
        if target.list("sort").first == "occurredAt" { found.reverse() }
        return self.page(of: found, target)
    }

    private func page(of found: [OccurredEvent], _ target: HubSpotTarget) -> HTTPResponse {
        let limit = target.limit(20, max: 100)
        // The cursor is the last event that was shown, so that new ones move nothing.
        let after = target.parameter("after")
        let start = after.flatMap { id in found.firstIndex { $0.id == id } }.map { $0 + 1 } ?? 0
        let shown = found[start...].prefix(limit)
        let names = target.list("properties")
        var writer = JSONWriter(reserving: shown.count * 200)
        writer.object { root in
            root.name("results")
            root.array { list in
                for event in shown { list.object { self.write(event, names, into: &$0) } }
            }
            if let last = shown.last, start + shown.count < found.count {
                Self.paging(last.id, into: &root)
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func write(_ event: OccurredEvent, _ names: [String], into item: inout JSONWriter) {
        item.member("id", event.id)
        item.member("eventType", event.eventType)
        item.member("objectId", String(event.objectID))
        let label = self.place(of: event.objectTypeID).map { self.tables[$0].object.label }
        item.member("objectType", label ?? event.objectTypeID)
        item.member("occurredAt", ServerTime.iso(event.at))
        item.name("properties")
        item.object { properties in
            for property in event.properties where names.isEmpty || names.contains(property.name) {
                properties.member(property.name, property.value)
            }
        }
    }

    // MARK: - Sending

    /// `POST /events/{version}/send[/batch]`.
    mutating func sendEvents(
        _ path: [String],
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        if let refusal = self.eventRefusal(now) { return refusal }
        guard request.method == .post else {
            return self.error(405, "Method not allowed", now: now)
        }
        guard path.isEmpty || path == ["batch"] else {
            return self.error(404, "resource not found", now: now)
        }
        guard let json = Self.body(request), json.kind == .object else {
            return self.unreadableBody(now)
        }
        let inputs = path.isEmpty ? [json] : json["inputs"]?.elements ?? []
        let most = self.settings.marketing.eventsPerBatch
        guard (1...max(1, most)).contains(inputs.count) else {
            return self.invalid("inputs must hold 1 to \(most) events", now)
        }
        let prefix = "pe\(self.settings.portalID)_"
        for input in inputs {
            guard let name = input["eventName"]?.string, name.hasPrefix(prefix) else {
                return self.invalid("eventName must be the full name \(prefix)…", now)
            }
            if self.settings.marketing.refusesUndefinedEvents, self.definition(name) == nil {
                return self.invalid("Event definition \(name) does not exist", now)
            }
            guard input["objectId"] != nil || input["email"] != nil || input["utk"] != nil else {
                return self.invalid("objectId, email or utk is required", now)
            }
            let time = input["occurredAt"]?.string
            guard time == nil || time.flatMap({ ServerTime.parse($0) }) != nil else {
                return self.invalid("occurredAt is not a valid timestamp", now)
            }
        }
        for input in inputs { self.take(input, now) }
        return HTTPResponse(status: 204)
    }

    private mutating func take(_ input: JSON, _ now: Int64) {
        let type = input["eventName"]?.string ?? ""
        let email = input["email"]?.string
        let author = MockHubSpotAuthor(sourceType: "BEHAVIORAL_EVENTS", sourceID: type)
        let record =
            input["objectId"]?.integer
            ?? email.flatMap { self.tables[Self.contacts].id(of: $0, by: "email") }
            ?? email.flatMap { self.contact($0, [("email", $0)], author, now) }
        guard let record else { return }
        let id = input["uuid"]?.string ?? self.marketing.uuid(at: now)
        // Of several events with one id the first counts.
        let isKnown = self.marketing.events.contains { $0.id == id && $0.eventType == type }
        guard !isKnown else { return }
        let properties = (input["properties"]?.members ?? []).map { name, value in
            OccurredEvent.Property(name: name, value: value.string ?? value.numberText ?? "")
        }
        self.keepEvent(
            OccurredEvent(
                id: id,
                eventType: type,
                objectTypeID: self.definition(type)?.primaryTypeID ?? "0-1",
                objectID: record,
                at: input["occurredAt"]?.string.flatMap { ServerTime.parse($0) } ?? now,
                properties: properties
            )
        )
    }

    /// The definition that a full name, an id or a type id means.
    func definition(_ name: String) -> EventDefinition? {
        self.marketing.definitions.first { $0.answers(to: name, self.settings.portalID) }
    }

    mutating func keepEvent(_ event: OccurredEvent) {
        self.marketing.untold?.append(event)
        self.marketing.events.append(event)
        let over = self.marketing.events.count - max(1, self.settings.marketing.kept)
        if over > 0 { self.marketing.events.removeFirst(over) }
        let behind = (self.marketing.untold?.count ?? 0) - max(1, self.settings.marketing.kept)
        if behind > 0 { self.marketing.untold?.removeFirst(behind) }
    }
}
