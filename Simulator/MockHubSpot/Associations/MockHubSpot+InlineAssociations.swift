import HTTPTransport
import WireJSON

/// Associations inside a record's own request and reply.
extension MockHubSpot {
    /// One that a create asks for.
    struct WantedTie {
        var type: AssociationType
        var other: End
    }

    /// What a create's `associations` ask for, or why they are refused.
    func wantedTies(_ json: JSON, _ place: Int) -> Result<[WantedTie], RecordObjection> {
        let from = self.tables[place].object.typeID
        var wanted: [WantedTie] = []
        for item in json["associations"]?.elements ?? [] {
            let to = item["to"]?["id"]
            let id = to.flatMap { $0.integer ?? Int64($0.string ?? "") }
            for kind in item["types"]?.elements ?? [] {
                let number = Int(kind["associationTypeId"]?.integer ?? 0)
                guard let type = self.associations.types.first(where: { $0.id == number }),
                    type.from == from, Self.isOf(type, kind)
                else {
                    return .failure(self.wrongKind(kind, number, from))
                }
                guard let other = self.end(type.to, id) else {
                    return .failure(self.nobody(to, type.to))
                }
                if let full = self.fullness([type], nil, other) {
                    return .failure(RecordObjection(code: "ASSOCIATION_LIMIT", message: full))
                }
                wanted.append(WantedTie(type: type, other: other))
            }
        }
        return .success(wanted)
    }

    /// Whether a kind is of the category that a request says, where it says one: HubSpot's and the account's own are
    /// numbered apart.
    static func isOf(_ type: AssociationType, _ kind: JSON) -> Bool {
        kind["associationCategory"]?.string.map { $0 == type.category } ?? true
    }

    /// A kind that begins at records of another type, or that nobody knows (recorded, both).
    private func wrongKind(_ kind: JSON, _ number: Int, _ from: String) -> RecordObjection {
        if let known = self.associations.types.first(where: { $0.id == number }),
            Self.isOf(known, kind)
        {
            return RecordObjection(
                code: "INVALID_ASSOCIATION",
                message: "invalid from object type \(from) for associations to be created. "
                    + "expected: \(known.from)"
            )
        }
        let spec = "\(kind["associationCategory"]?.string ?? "HUBSPOT_DEFINED")=\(number)"
        return RecordObjection(
            code: "INVALID_ASSOCIATION",
            message: "One or more associations are invalid",
            context: [
                ("associationSpec", [spec]),
                (
                    "INVALID_ASSOCIATION_TYPE_ID",
                    ["\(spec) is not a valid association definition id"]
                ),
            ]
        )
    }

    /// A record to tie to that is not there.
    private func nobody(_ to: JSON?, _ type: String) -> RecordObjection {
        let id = to.flatMap { $0.string ?? $0.numberText } ?? "undefined"
        let label = self.place(of: type).map { self.tables[$0].object.label } ?? type
        return RecordObjection(
            code: "INVALID_ASSOCIATION",
            message: "One or more associations are invalid",
            context: [
                ("INVALID_OBJECT_IDS", ["\(label)=\(id) is not valid"]), ("objectId", [id]),
                ("objectType", [label]),
            ]
        )
    }

    mutating func tie(_ id: Int64, _ place: Int, _ wanted: [WantedTie]) {
        let one = End(type: self.tables[place].object.typeID, id: id)
        for tie in wanted { self.associations.add(tie.type, one, tie.other) }
    }

    /// The `associations` of a record for the object types that were asked for.
    func writeTies(
        _ id: Int64,
        _ place: Int,
        _ wanted: [String],
        _ origin: String,
        into item: inout JSONWriter
    ) {
        typealias Shown = (MockHubSpotObject, [(Int64, AssociationType)], next: Int64?)
        let object = self.tables[place].object
        let one = End(type: object.typeID, id: id)
        let shown = wanted.compactMap { name -> Shown? in
            guard let other = self.place(of: name).map({ self.tables[$0].object }) else {
                return nil
            }
            let all = self.associations.list(one, to: other.typeID)
            let most = max(1, self.settings.inlineTiesMax)
            let ties = all.prefix(most).flatMap { tie in tie.types.map { (tie.id, $0) } }
            return ties.isEmpty ? nil : (other, ties, all.dropFirst(most).first?.id)
        }
        guard !shown.isEmpty else { return }
        item.name("associations")
        item.object { associations in
            for (other, ties, next) in shown {
                associations.name(other.name)
                associations.object { list in
                    list.name("results")
                    list.array { results in
                        for (id, type) in ties {
                            results.object { result in
                                result.member("id", String(id))
                                result.member("type", Self.typeName(type, object, other))
                            }
                        }
                    }
                    guard let next else { return }
                    let link = Self.tiesLink(origin, one, other.typeID, next)
                    Self.paging(String(next), link: link, into: &list)
                }
            }
        }
    }

    /// `contact_to_company` for a primary one, with `_unlabeled` for a plain one beside it.
    static func typeName(
        _ type: AssociationType,
        _ from: MockHubSpotObject,
        _ to: MockHubSpotObject
    ) -> String {
        let pair = "\(from.label.lowercased())_to_\(to.label.lowercased())"
        if let label = type.label, type.isUserDefined {
            return label.lowercased().replacing(" ", with: "_")
        }
        let hasPrimary = ["0-1", "0-3", "0-5"].contains(type.from) && type.to == "0-2"
        return hasPrimary && !type.isPrimary ? pair + "_unlabeled" : pair
    }
}
