package import CRMInterface
package import HTTPTransport
package import SyncCore
package import WireJSON

/// Reads records of any object. Values are copied out; no part of the reply's text outlives the
/// call.
extension HubSpotResponses {
    // MARK: - Reading

    /// The records of a page or of a batch, which leaves out what it does not find.
    package static func records(_ json: JSON) throws(SyncError) -> Paged<PlainRecord> {
        guard let results = json["results"] else { throw HubSpotFailures.malformed() }
        return Paged(items: results.elements.compactMap(Self.record), next: Self.next(json))
    }

    /// One record, as a merge answers it; `nil` where the reply has no id.
    package static func record(_ json: JSON) -> PlainRecord? {
        guard let id = HubSpotID.text(json["id"]) else { return nil }
        var record = PlainRecord(
            id: id,
            fields: json["properties"]?.members.map { name, value in
                PlainRecord.Field(name, value.string ?? value.numberText)
            } ?? [],
            isDeleted: json["archived"]?.boolean == true,
            modified: json["updatedAt"]?.bytes.flatMap { CivilTime.milliseconds($0[...]) }
                .map { ServerTime(milliseconds: $0) }
        )
        for (name, ties) in json["associations"]?.members ?? [] {
            // A pair that is tied in several ways is there several times (OpenAPI:
            // CRM/Objects/Rollouts/424: results of `associations` name their type).
            var seen = Set<String>()
            let ids = ties["results"]?.elements.compactMap { tie in
                HubSpotID.text(tie["id"])
            }
            record.children[name] = .init(
                records: (ids ?? []).filter { seen.insert($0).inserted }
                    .map { PlainRecord(id: $0, fields: []) },
                next: Self.next(ties)
            )
        }
        return record
    }

    // MARK: - Writing

    /// What became of each write of a batch, in the order of the batch.
    ///
    /// Results come in any order: they are told by trace, else by id; what is in neither list may
    /// have been stored (see `HubSpotWriteReply`).
    package static func outcomes(
        _ response: HTTPResponse,
        _ writes: [PlainWrite],
        _ version: HubSpotVersion
    ) -> [WriteReply.Outcome] {
        guard (200..<300).contains(response.status) else {
            let error = HubSpotFailures.error(response, version)
            // A failure behind the proxy may have come after the commit.
            let isOpen =
                (500..<600).contains(response.status) && ![503, 521].contains(response.status)
            let outcome = isOpen ? WriteReply.Outcome.unknown : .notStored(error.disposition)
            return Array(repeating: outcome, count: writes.count)
        }
        var outcomes = Array(repeating: WriteReply.Outcome.unknown, count: writes.count)
        guard let json = try? JSON(parsing: response.body) else { return outcomes }
        let places = Self.places(writes)
        func place(_ trace: String?, _ id: String?) -> Int? {
            if let trace, let place = Int(trace), writes.indices.contains(place) { return place }
            return id.flatMap { places[$0] } ?? (writes.count == 1 ? 0 : nil)
        }
        for result in json["results"]?.elements ?? [] {
            guard let id = result["id"]?.string,
                let place = place(result["objectWriteTraceId"]?.string, id)
            else { continue }
            let stamp = result["updatedAt"]?.bytes.flatMap { CivilTime.milliseconds($0[...]) }
            outcomes[place] = .confirmed(
                id: id,
                created: result["new"]?.boolean ?? (writes[place].target == .new),
                stamp: stamp.map { ServerTime(milliseconds: $0) }
            )
        }
        for error in json["errors"]?.elements ?? [] {
            let context = error["context"]
            let traces = context?["objectWriteTraceId"]?.elements.compactMap(\.string) ?? []
            let ids = HubSpotID.texts(context?["ids"])
            let hit =
                traces.isEmpty ? ids.map { place(nil, $0) } : traces.map { place($0, nil) }
            for case let place? in hit where outcomes[place] == .unknown {
                outcomes[place] = .rejected(HubSpotFailures.rejection(error))
            }
        }
        return outcomes
    }

    /// Where in the batch each id or key is.
    private static func places(_ writes: [PlainWrite]) -> [String: Int] {
        var places: [String: Int] = [:]
        for (place, write) in writes.enumerated() {
            switch write.target {
            case .new: break
            case .id(let id), .key(_, let id): places[id] = place
            }
        }
        return places
    }
}
