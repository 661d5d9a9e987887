import HTTPTransport

/// Schemas of events, by their id and by the event's name.
extension MockSalesforce {
    /// `event/eventSchema/{id}` and `sobjects/{event}/eventSchema`.
    func eventSchema(_ request: RESTRequest) throws(RequestFailure) -> RESTReply {
        let isByID = request.path.first == "event"
        guard request.path.count == 3, !isByID || request.path[1] == "eventSchema" else {
            throw RequestFailure.notFound
        }
        try Self.allow([.get], request)
        let wanted = isByID ? request.path[2] : request.path[1].lowercased()
        let schemas = self.org.tables.filter { !$0.object.isRemoved }.map {
            ChangeEventSchema(object: $0.object)
        }
        let found = schemas.first {
            isByID
                ? $0.id == wanted
                : ChangeEventSchema.eventName(of: $0.object.name).lowercased() == wanted
        }
        guard let found else { throw RequestFailure.notFound }
        switch request.target.value("payloadFormat") {
        case nil, "EXPANDED": return RESTReply.json { found.writeExpanded(to: &$0) }
        case "COMPACT": return RESTReply.json { found.writeCompact(to: &$0) }
        case let format?:
            // The guide says 400 without a text.
            throw RequestFailure("INVALID_INPUT", "Invalid payloadFormat: \(format)")
        }
    }
}
