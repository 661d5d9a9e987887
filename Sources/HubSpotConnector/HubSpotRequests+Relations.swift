package import CRMInterface
package import HTTPTransport
import SyncCore
import WireJSON

/// How records hang together: by associations, which both ends show.
extension HubSpotRequests {
    // MARK: - Reading

    /// The ties of at most 1,000 records to the records of another object, in one call
    /// (changelog/bug-fix-batch-read-limit-for-hubspot-associations-api).
    ///
    /// `next`: where the ties of a record go on, as the page before said of it.
    package func related(
        _ from: String,
        _ ids: [String],
        to: String,
        next: [String: String] = [:]
    ) -> HTTPRequest {
        self.batch(from, to, "read", ids.prefix(1_000)) { id, input in
            input.member("id", id)
            if let after = next[id] { input.member("after", after) }
        }
    }

    /// The kinds of ties between two objects, HubSpot's own and people's labels.
    package func labels(_ from: String, _ to: String) -> HTTPRequest {
        self.get(self.paths.associations(from, to) + "/labels")
    }

    // MARK: - Writing

    /// A tie between two records; type ids are directional, and one direction makes the other.
    package struct Tie: Sendable, Hashable {
        package var from: String
        package var to: String
        /// HubSpot's own kinds by number: 279 ties a contact to a company, 1 makes it the primary
        /// one (docs/api-reference/latest/crm/associations/overview; hubspot-api-python,
        /// hubspot/crm/association_type.py).
        package var types: [Int]
        /// Kinds that people defined.
        package var labels: [Int]

        package init(from: String, to: String, types: [Int] = [], labels: [Int] = []) {
            self.from = from
            self.to = to
            self.types = types
            self.labels = labels
        }
    }

    /// Ties at most 2,000 pairs; what is tied already stays so
    /// (docs/api-reference/latest/crm/associations/associate-records/guide).
    ///
    /// Pairs that name no kind get the default one, in a request of their own kind: `nil` where
    /// some do and some do not.
    package func relate(_ from: String, _ to: String, _ ties: [Tie]) -> HTTPRequest? {
        let isDefault = ties.first.map { $0.types.isEmpty && $0.labels.isEmpty } ?? true
        guard !ties.isEmpty, ties.count <= 2_000,
            ties.allSatisfy({ ($0.types.isEmpty && $0.labels.isEmpty) == isDefault })
        else { return nil }
        return self.batch(from, to, isDefault ? "associate/default" : "create", ties[...]) {
            Self.write($0, into: &$1)
        }
    }

    /// Takes at most 100 pairs apart: all their kinds, or only the named ones.
    ///
    /// Taking away the unlabelled kind takes all labels along (OpenAPI:
    /// CRM/Associations/Rollouts/130902). `nil` where some name kinds and some do
    /// not.
    package func part(_ from: String, _ to: String, _ ties: [Tie]) -> HTTPRequest? {
        let isWhole = ties.first.map { $0.types.isEmpty && $0.labels.isEmpty } ?? true
        guard !ties.isEmpty, ties.count <= 100,
            ties.allSatisfy({ ($0.types.isEmpty && $0.labels.isEmpty) == isWhole })
        else { return nil }
        return self.batch(from, to, isWhole ? "archive" : "labels/archive", ties[...]) {
            tie,
            input in
            guard isWhole else { return Self.write(tie, into: &input) }
            input.name("from")
            input.object { $0.member("id", tie.from) }
            input.name("to")
            input.array { list in list.object { $0.member("id", tie.to) } }
        }
    }

    /// HubSpot's kind of the one tie that a field of the other CRM can say: the primary company, the parent.
    ///
    /// github.com/HubSpot/hubspot-api-python, hubspot/crm/association_type.py.
    static func primaryKind(from: String, to: String) -> Int? {
        guard to == "companies" else { return nil }
        return ["contacts": 1, "deals": 5, "tickets": 26, "companies": 14][from]
    }

    /// HubSpot's kind of the tie of an activity to what it belongs to.
    ///
    /// github.com/HubSpot/hubspot-api-python, hubspot/crm/association_type.py.
    static func activityKind(from: String, to: String) -> Int? {
        let kinds = [
            "calls": [194, 182, 206, 220], "emails": [198, 186, 210, 224],
            "meetings": [200, 188, 212, 226], "notes": [202, 190, 214, 228],
            "tasks": [204, 192, 216, 230],
        ]
        let place = ["contacts", "companies", "deals", "tickets"].firstIndex(of: to)
        return place.flatMap { kinds[from]?[$0] }
    }

    /// Ties the activities of a batch to what they belong to now, and takes them away from what they did: `nil` for
    /// none.
    ///
    /// 100 records at most, as every batch of writes has: those are fewer than either request takes.
    package func attach(_ batch: [RecordWrite], to object: String) -> HTTPRequest? {
        guard let from = batch.first?.object else { return nil }
        let usual = Self.activityKind(from: from, to: object)
            .map { TieKind(id: $0, isOwn: true, label: nil) }
        let ties = Self.ties(of: batch, to: object, areMade: true) { tie in
            [tie.kind ?? usual].compactMap(\.self)
        }
        return self.relate(from, object, ties)
    }

    /// A label is taken from its tie, which stays; without one the whole tie goes, with the labels that it may have.
    package func detach(_ batch: [RecordWrite], from object: String) -> [HTTPRequest] {
        guard let from = batch.first?.object else { return [] }
        let ties = Self.ties(of: batch, to: object, areMade: false) { tie in
            tie.kind.flatMap { $0.label == nil ? nil : [$0] } ?? []
        }
        let isWhole = { (tie: Tie) in tie.types.isEmpty && tie.labels.isEmpty }
        // Two labels of 100 records are more than a request takes.
        return [ties.filter(isWhole), ties.filter { !isWhole($0) }].flatMap { ties in
            stride(from: 0, to: ties.count, by: 100).compactMap { start in
                self.part(from, object, Array(ties[start..<min(start + 100, ties.count)]))
            }
        }
    }

    private static func ties(
        of batch: [RecordWrite],
        to object: String,
        areMade: Bool,
        kinds: (RecordWrite.Tie) -> [TieKind]
    ) -> [Tie] {
        batch.flatMap { write in
            write.ties.filter { $0.object == object && $0.isMade == areMade }.compactMap { tie in
                let kinds = kinds(tie)
                return write.updatedID.map { id in
                    Tie(
                        from: id,
                        to: tie.id,
                        types: kinds.filter(\.isOwn).map(\.id),
                        labels: kinds.filter { !$0.isOwn }.map(\.id)
                    )
                }
            }
        }
    }

    /// Whether another tie of that kind does not take the place of the one before by itself.
    ///
    /// A new primary company does (docs/api-reference/legacy/crm/associations/overview); of parents nothing is said, and a
    /// company has one.
    static func keepsFormer(from: String, to: String) -> Bool {
        from == "companies" && to == "companies"
    }

    /// Ties the records of a batch to what they name; `nil` for none.
    package func relate(_ batch: [RecordWrite], to object: String) -> HTTPRequest? {
        guard let from = batch.first?.object else { return nil }
        let kind = Self.primaryKind(from: from, to: object)
        let ties = batch.compactMap { write -> Tie? in
            guard let id = write.updatedID, let other = write.reference(to: object),
                !other.isBlank
            else { return nil }
            return Tie(from: id, to: other.text, types: kind.map { [$0] } ?? [])
        }
        return self.relate(from, object, ties)
    }

    /// Whether ties show the primary record.
    static func holdsPrimary(
        _ ties: [HubSpotResponses.Related],
        from: String,
        to: String
    ) -> Bool {
        let kind = Self.primaryKind(from: from, to: to)
        return ties.contains { tie in tie.kinds.contains { $0.isOwn && $0.id == kind } }
    }

    /// Unties the primary records that these ties show.
    ///
    /// A tie that says no more goes as a whole; one that people labelled loses the primary kind only.
    package func part(
        _ from: String,
        _ to: String,
        _ related: [String: [HubSpotResponses.Related]]
    ) -> [HTTPRequest] {
        guard let kind = Self.primaryKind(from: from, to: to) else { return [] }
        var whole: [Tie] = []
        var labelled: [Tie] = []
        for (id, ties) in related.sorted(by: { $0.key < $1.key }) {
            for tie in ties where tie.kinds.contains(where: { $0.isOwn && $0.id == kind }) {
                if tie.kinds.allSatisfy({ $0.isOwn && ($0.id == kind || $0.label == nil) }) {
                    whole.append(Tie(from: id, to: tie.id))
                } else {
                    labelled.append(Tie(from: id, to: tie.id, types: [kind]))
                }
            }
        }
        return [self.part(from, to, whole), self.part(from, to, labelled)].compactMap(\.self)
    }

    /// The ties that a new record brings along, to records that exist
    /// (docs/api-reference/legacy/crm/associations/overview: associate records during creation).
    static func writeTies(of write: RecordWrite, into input: inout JSONWriter) {
        let named = write.fields.filter { $0.refersTo != nil && !$0.value.isBlank }
        func own(_ id: Int?) -> TieKind? { id.map { TieKind(id: $0, isOwn: true, label: nil) } }
        var ends = named.map { field in
            (
                id: field.value.text,
                kind: own(Self.primaryKind(from: write.object, to: field.refersTo ?? ""))
            )
        }
        ends += write.ties.filter(\.isMade).map { tie in
            let usual = own(Self.activityKind(from: write.object, to: tie.object))
            return (id: tie.id, kind: tie.kind ?? usual)
        }
        guard !ends.isEmpty else { return }
        input.name("associations")
        input.array { list in
            for (id, kind) in ends {
                guard let kind else { continue }
                list.object { tie in
                    tie.name("to")
                    tie.object { $0.member("id", id) }
                    tie.name("types")
                    tie.array { kinds in
                        kinds.object { item in
                            let category = kind.isOwn ? "HUBSPOT_DEFINED" : "USER_DEFINED"
                            item.member("associationCategory", category)
                            item.member("associationTypeId", kind.id)
                        }
                    }
                }
            }
        }
    }

    private static func write(_ tie: Tie, into input: inout JSONWriter) {
        input.name("from")
        input.object { $0.member("id", tie.from) }
        input.name("to")
        input.object { $0.member("id", tie.to) }
        let kinds =
            tie.types.map { ("HUBSPOT_DEFINED", $0) } + tie.labels.map { ("USER_DEFINED", $0) }
        guard !kinds.isEmpty else { return }
        input.name("types")
        input.array { list in
            for (category, id) in kinds {
                list.object { kind in
                    kind.member("associationCategory", category)
                    kind.member("associationTypeId", id)
                }
            }
        }
    }

    private func batch<Input>(
        _ from: String,
        _ to: String,
        _ verb: String,
        _ inputs: ArraySlice<Input>,
        _ write: (Input, inout JSONWriter) -> Void
    ) -> HTTPRequest {
        var writer = JSONWriter(reserving: inputs.count * 128)
        writer.object { root in
            root.name("inputs")
            root.array { list in for input in inputs { list.object { write(input, &$0) } } }
        }
        return self.post(self.paths.associations(from, to) + "/batch/" + verb, writer.bytes)
    }
}
