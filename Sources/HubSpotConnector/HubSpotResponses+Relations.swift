package import CRMInterface
package import SyncCore
package import WireJSON

/// Reads how records hang together.
extension HubSpotResponses {
    // MARK: - Reading

    /// A record at the other end, with the kinds of the tie.
    package struct Related: Sendable, Hashable {
        package var id: String
        package var kinds: [Kind]
    }

    package typealias Kind = TieKind

    /// The ties by the record that was asked for; a record with none is missing.
    ///
    /// HubSpot answers it as an error (207), which is none (OpenAPI:
    /// CRM/Associations/Rollouts/130902; the subcategory NO_ASSOCIATIONS_FOUND is not documented).
    package static func related(_ json: JSON) throws(SyncError) -> [String: Paged<Related>] {
        guard let results = json["results"] else { throw HubSpotFailures.malformed() }
        var related: [String: Paged<Related>] = [:]
        for result in results.elements {
            guard let from = HubSpotID.text(result["from"]?["id"]) else {
                throw HubSpotFailures.malformed()
            }
            let ties = result["to"]?.elements.compactMap { tie -> Related? in
                // A number in recorded replies, text in the current specification (see
                // `HubSpotID`).
                guard let id = HubSpotID.text(tie["toObjectId"]) else {
                    return nil
                }
                return Related(id: id, kinds: Self.kinds(tie["associationTypes"]))
            }
            related[from] = Paged(items: ties ?? [], next: Self.next(result))
        }
        return related
    }

    /// The records that were asked for and whose ties the reply does not tell, for another reason than that they have
    /// none.
    static func unread(_ json: JSON, of asked: [String]) -> Set<String> {
        var unread: Set<String> = []
        var told = Set(
            (json["results"]?.elements ?? []).compactMap { HubSpotID.text($0["from"]?["id"]) }
        )
        var isNobodyNamed = false
        for error in json["errors"]?.elements ?? [] {
            let named = HubSpotID.texts(error["context"]?["fromObjectId"])
            // What is not there has no ties either.
            if error["category"]?.string == "OBJECT_NOT_FOUND"
                || Self.refusal(error) == "NO_ASSOCIATIONS_FOUND"
            {
                told.formUnion(named)
            } else {
                unread.formUnion(named)
                if named.isEmpty { isNobodyNamed = true }
            }
        }
        return isNobodyNamed ? Set(asked).subtracting(told) : unread
    }

    /// The ties that a list brings along, by record and object at the other end; `nil` where one of them has more
    /// than the list shows.
    ///
    /// A tie of two kinds stands there twice (recorded by amp-labs/connectors).
    static func inlineTies(_ json: JSON, to objects: [String]) -> [String: TieCache.Ties]? {
        var found: [String: TieCache.Ties] = [:]
        for result in json["results"]?.elements ?? [] {
            guard let id = HubSpotID.text(result["id"]) else { continue }
            for object in objects {
                guard let ties = result["associations"]?[object] else { continue }
                guard Self.next(ties) == nil else { return nil }
                let ids = Set(
                    ties["results"]?.elements.compactMap { HubSpotID.text($0["id"]) } ?? []
                )
                found[id, default: [:]][object] = ids.sorted { ($0.count, $0) < ($1.count, $1) }
            }
        }
        return found
    }

    package static func labels(_ json: JSON) throws(SyncError) -> [Kind] {
        guard let results = json["results"] else { throw HubSpotFailures.malformed() }
        return Self.kinds(results)
    }

    private static func kinds(_ json: JSON?) -> [Kind] {
        json?.elements.compactMap { kind in
            guard let id = kind["typeId"]?.integer else { return nil }
            return Kind(
                id: Int(clamping: id),
                isOwn: kind["category"]?.string == "HUBSPOT_DEFINED",
                label: kind["label"]?.string
            )
        } ?? []
    }

    // MARK: - Writing

    /// What a batch of ties did not make, by the codes of HubSpot: none where all are made or were.
    ///
    /// `crm.associations.INVALID_IDENTIFIER`: recorded by amp-labs/connectors,
    /// providers/hubspot/internal/crm/associations/test.
    package static func unrelated(_ json: JSON) -> [WriteReply.Rejection] {
        (json["errors"]?.elements ?? []).map { error in
            let code = Self.refusal(error)
            return WriteReply.Rejection(
                kind: code == "INVALID_IDENTIFIER" ? .missing : .other,
                code: code
            )
        }
    }

    /// HubSpot's word for why a tie was not made.
    static func refusal(_ error: JSON) -> String {
        let word = error["subCategory"]?.string?.split(separator: ".").last.map(String.init)
        return HubSpotFailures.word(word ?? error["category"]?.string ?? "")
    }
}
