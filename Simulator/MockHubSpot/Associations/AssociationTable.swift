/// Which records belong together, in both directions.
struct AssociationTable: Sendable, Codable {
    struct End: Sendable, Hashable, Codable {
        var type: String
        var id: Int64
    }

    /// One kind of tie that came or went, seen from one of its two ends.
    struct Change: Sendable, Hashable, Codable {
        var from: End
        var to: End
        var kind: Int
        var isRemoved: Bool
    }

    /// A record whose ties to an object type are others now.
    struct Touched: Sendable, Hashable, Codable {
        var end: End
        var toType: String
    }

    private struct Key: Sendable, Hashable, Codable {
        var from: End
        var toType: String
    }

    private(set) var types = AssociationType.standard
    /// Each record's counterparts of one object type, with the kinds of the tie.
    private var ties: [Key: [Int64: Set<Int>]] = [:]
    private var nextTypeID = 1_001
    /// How many records one record may be tied to by a kind of tie, where an admin bounds it.
    var maxima: [Int: Int] = [:]
    /// What came and went since it was last asked for; `nil` while nobody listens.
    var changes: [Change]?
    /// Which records got or lost ties to an object type; `nil` while that moves no stamps.
    var touched: [Touched]?
    /// Which records were tied since the account's settings last looked; `nil` while none of them asks.
    var fresh: [Touched]?
    /// Whether the first company that a record is tied to becomes its primary one.
    var firstIsPrimary: Bool?

    func type(_ id: Int, from: String, to: String) -> AssociationType? {
        self.types.first { $0.id == id && $0.from == from && $0.to == to }
    }

    /// The kind that says no more than that two records belong together.
    func unlabelled(from: String, to: String) -> AssociationType? {
        self.types.first { $0.from == from && $0.to == to && $0.label == nil }
    }

    /// The counterparts in id order, each with its kinds in id order.
    func list(_ from: End, to toType: String) -> [(id: Int64, types: [AssociationType])] {
        let tied = self.ties[Key(from: from, toType: toType)] ?? [:]
        return tied.sorted { $0.key < $1.key }.map { id, kinds in
            (id, kinds.sorted().compactMap { self.type($0, from: from.type, to: toType) })
        }
    }

    /// Records with more counterparts of one object type than that, in id order.
    func crowded(over count: Int64) -> [(from: End, toType: String, count: Int64)] {
        self.ties.compactMap { key, tied in
            Int64(tied.count) > count ? (key.from, key.toType, Int64(tied.count)) : nil
        }.sorted { ($0.from.id, $0.toType) < ($1.from.id, $1.toType) }
    }

    func count(_ from: End, to toType: String) -> Int {
        self.ties[Key(from: from, toType: toType)]?.count ?? 0
    }

    func count(_ from: End, to toType: String, _ kind: Int) -> Int {
        self.ties[Key(from: from, toType: toType)]?.count { $0.value.contains(kind) } ?? 0
    }

    /// Whether two records belong together, by that kind if one is named.
    func isTied(_ from: End, _ toType: String, _ id: Int64, _ kind: Int? = nil) -> Bool {
        guard let kinds = self.ties[Key(from: from, toType: toType)]?[id] else { return false }
        return kind.map { kinds.contains($0) } ?? true
    }

    /// Ties two records, in both directions; a labelled tie is an unlabelled one as well.
    mutating func add(_ type: AssociationType, _ from: End, _ to: End) {
        if type.isPrimary { self.removePrimary(type, from, to) }
        self.insert(type, from, to)
        if type.label != nil, let plain = self.unlabelled(from: type.from, to: type.to) {
            self.insert(plain, from, to)
        }
        if self.firstIsPrimary == true, !type.isPrimary {
            self.makeFirstPrimary(from, to)
            self.makeFirstPrimary(to, from)
        }
    }

    /// Makes a company the primary one of a record that is tied to no other.
    private mutating func makeFirstPrimary(_ holder: End, _ company: End) {
        guard company.type == "0-2", self.count(holder, to: "0-2") == 1,
            let primary = self.types.first(where: {
                $0.from == holder.type && $0.to == "0-2" && $0.isPrimary && $0.inverse != $0.id
                    && holder.type != "0-2"
            })
        else { return }
        self.insert(primary, holder, company)
    }

    private mutating func insert(_ type: AssociationType, _ from: End, _ to: End) {
        self.put(type.id, from, to)
        self.put(type.inverse, to, from)
    }

    private mutating func put(_ kind: Int, _ from: End, _ to: End) {
        let key = Key(from: from, toType: to.type)
        let isNew = self.ties[key, default: [:]][to.id, default: []].insert(kind).inserted
        guard isNew else { return }
        self.touched?.append(Touched(end: from, toType: to.type))
        self.fresh?.append(Touched(end: from, toType: to.type))
        self.changes?.append(Change(from: from, to: to, kind: kind, isRemoved: false))
    }

    /// A record has one primary counterpart; the contact's or deal's or ticket's side decides.
    private mutating func removePrimary(_ type: AssociationType, _ from: End, _ to: End) {
        // Named from the company, it is the other record that gets another primary company.
        let (kind, holder) = type.to == "0-2" ? (type.id, from) : (type.inverse, to)
        for (id, _) in self.list(holder, to: "0-2") {
            self.remove([kind], holder, End(type: "0-2", id: id))
        }
    }

    /// Takes kinds of a tie away; all of them where none are named or the unlabelled one is.
    mutating func remove(_ kinds: [Int], _ from: End, _ to: End) {
        let plain = self.unlabelled(from: from.type, to: to.type)?.id
        let isWhole = kinds.isEmpty || plain.map(kinds.contains) == true
        let inverses = kinds.compactMap { self.type($0, from: from.type, to: to.type)?.inverse }
        self.take(isWhole ? nil : Set(kinds), Key(from: from, toType: to.type), to.id)
        self.take(isWhole ? nil : Set(inverses), Key(from: to, toType: from.type), from.id)
    }

    private mutating func take(_ kinds: Set<Int>?, _ key: Key, _ id: Int64) {
        if self.changes != nil {
            let known = self.ties[key]?[id] ?? []
            for kind in (kinds.map { known.intersection($0) } ?? known).sorted() {
                let other = End(type: key.toType, id: id)
                self.changes?.append(
                    Change(from: key.from, to: other, kind: kind, isRemoved: true)
                )
            }
        }
        if self.ties[key]?[id] != nil {
            self.touched?.append(Touched(end: key.from, toType: key.toType))
        }
        guard let kinds, let left = self.ties[key]?[id]?.subtracting(kinds), !left.isEmpty else {
            self.ties[key]?[id] = nil
            return
        }
        self.ties[key]?[id] = left
    }

    /// What a merged record was tied to belongs to the survivor.
    mutating func move(_ old: End, to survivor: End) {
        for type in Set(self.types.map(\.to)) {
            for (id, kinds) in self.list(old, to: type) {
                let other = End(type: type, id: id)
                self.remove([], old, other)
                guard other != survivor else { continue }
                for kind in kinds { self.insert(kind, survivor, other) }
            }
        }
    }

    /// Lets records of two object types belong together, as a new object type asks.
    ///
    /// `isUserDefined`: whether that kind is the account's own.
    mutating func relate(_ from: String, _ to: String, isUserDefined: Bool) {
        guard self.unlabelled(from: from, to: to) == nil else { return }
        let id = self.nextTypeID
        self.nextTypeID += 2
        var pair = AssociationType.both(from, to, id, id + 1, nil, isPrimary: false)
        for place in pair.indices { pair[place].isUserDefined = isUserDefined }
        self.types += pair
    }

    /// Takes back what `relate` allowed; whether it had.
    mutating func unrelate(_ id: Int, of type: String) -> Bool {
        guard
            let known = self.types.first(where: {
                $0.id == id && $0.from == type && $0.id > 1_000 && $0.label == nil
            }), type.hasPrefix("2-")
        else { return false }
        self.types.removeAll { $0.id == known.id || $0.id == known.inverse }
        return true
    }

    // MARK: - Labels

    /// Whether an admin has given a pair of object types a label of that name, in any case.
    func isLabel(_ label: String, _ from: String, _ to: String) -> Bool {
        self.types.contains {
            $0.isUserDefined && $0.from == from && $0.to == to
                && $0.label?.lowercased() == label.lowercased()
        }
    }

    /// An admin's label, with another one for the other direction if it is given.
    mutating func define(
        _ label: String,
        inverse: String?,
        from: String,
        to: String
    ) -> [AssociationType] {
        let there = self.nextTypeID
        let back = inverse == nil && from == to ? there : there + 1
        self.nextTypeID += 2
        var pair = AssociationType.both(from, to, there, back, label, isPrimary: false)
        for place in pair.indices {
            pair[place].isUserDefined = true
            if place == 1, let inverse { pair[place].label = inverse }
        }
        self.types += pair
        return pair
    }

    mutating func rename(_ id: Int, _ label: String, inverse: String?) -> Bool {
        guard let place = self.types.firstIndex(where: { $0.id == id && $0.isUserDefined }) else {
            return false
        }
        self.types[place].label = label
        let back = self.types[place].inverse
        if let inverse, let other = self.types.firstIndex(where: { $0.id == back }) {
            self.types[other].label = inverse
        }
        return true
    }

    mutating func undefine(_ id: Int) -> Bool {
        guard let type = self.types.first(where: { $0.id == id && $0.isUserDefined }) else {
            return false
        }
        self.types.removeAll { $0.isUserDefined && ($0.id == id || $0.id == type.inverse) }
        return true
    }
}
