/// The records of one object type with every version, and the indexes that make look-ups fast.
struct RecordTable: Sendable, Codable {
    /// A record's state after one commit.
    struct Version: Sendable, Codable {
        var at: Int64
        var values: [String: String]
        var isArchived: Bool
        var author: MockHubSpotAuthor
        var kind: MockHubSpotVersion.Kind
    }

    /// When a property got its value, and by whom.
    struct Change: Sendable, Codable {
        var at: Int64
        var author: MockHubSpotAuthor
    }

    /// Which record a commit was of, and when.
    struct Commit: Sendable, Codable {
        var id: Int64
        var at: Int64
    }

    struct Row: Sendable, Codable {
        var id: Int64
        var createdAt: Int64
        var isVisible = true
        /// The record that this one was merged into.
        var mergedInto: Int64?
        /// Who made it, once the version that tells so is forgotten.
        var maker: MockHubSpotAuthor?
        /// When each property got its present value, and by whom.
        var changes: [String: Change] = [:]
        var versions: [Version]

        var now: Version { self.versions[self.versions.count - 1] }

        /// What was there at a time; `nil` before the record was made.
        func version(at time: Int64) -> Version? {
            self.versions.last { $0.at <= time }
        }

        /// The values that a property had, the newest first: as many as are known and asked for.
        func history(
            of name: String,
            max: Int
        ) -> [(value: String, at: Int64, author: MockHubSpotAuthor)] {
            // What stands in a version that nobody set, as after a merge, has no history.
            guard let newest = self.changes[name] else { return [] }
            var history: [(value: String, at: Int64, author: MockHubSpotAuthor)] = []
            for (place, version) in self.versions.enumerated().reversed() {
                let before = place > 0 ? self.versions[place - 1].values[name] : nil
                guard before != version.values[name] else { continue }
                // The oldest known version may be younger than the value it has.
                let isYounger = history.isEmpty && newest.at < version.at
                let (at, author) =
                    isYounger ? (newest.at, newest.author) : (version.at, version.author)
                history.append((version.values[name] ?? "", at, author))
                if history.count == max { break }
            }
            return history
        }

        /// The record as it was at a time; `nil` before it was made.
        func seen(at time: Int64) -> Row? {
            guard let last = self.versions.lastIndex(where: { $0.at <= time }) else { return nil }
            guard last < self.versions.count - 1 else { return self }
            var row = self
            row.versions.removeLast(self.versions.count - 1 - last)
            return row
        }
    }

    /// Why a write of one record is refused.
    enum Refusal: Error {
        case invalid([(property: String, code: String, message: String)])
        /// The e-mail is that record's.
        case conflict(Int64)
        case taken(UniqueConflict)
        case objection(RecordObjection)
        case missing
    }

    private(set) var object: MockHubSpotObject
    private(set) var archivedProperties: [MockHubSpotProperty] = []
    /// Groups that somebody made or renamed, by name.
    var extraGroups: [String: String] = [:]
    private(set) var properties: [String: MockHubSpotProperty]
    /// How the portal makes the values of properties that nobody writes.
    private(set) var calculations: [String: Calculation] = [:]
    /// Their names, in order.
    private(set) var calculatedNames: [String] = []
    /// Of records that have a stage; none where no pipeline is known.
    var pipelines: [Pipeline] = [] {
        didSet {
            let stages = self.pipelines.flatMap(\.stages)
            self.stages = Dictionary(stages.map { ($0.id, StageFacts($0)) }) { first, _ in first }
        }
    }
    /// Whether a new record must be in a stage, where the object type asks for one.
    var asksForStage = true
    /// What a record is by its stage.
    private(set) var stages: [String: StageFacts] = [:]
    private var uniqueNames: [String]
    var rows: [Row] = []
    /// Which record each commit was of, and when, in the order of the commits.
    var commits: [Commit] = []
    /// How many commits before those were forgotten.
    private(set) var forgotten = 0
    /// The time of each row's newest commit, so that searches look at no row that is too old.
    var newest: [Int64] = []
    /// The time of the newest commit of all.
    var newestCommit = Int64.min
    /// One for each property that a search has asked for by its value.
    var valueIndexes: [String: ValueIndex] = [:]
    var folded = FoldedColumns()
    var places: [Int64: Int] = [:]
    private var emails: [String: Int64] = [:]
    /// Every address of a live record, also those of records merged into it: no other takes it.
    var addresses: [String: Int64] = [:]
    private var unique: [String: [String: Int64]] = [:]
    /// The last record that held a unique value when it was archived.
    private var archived: [String: [String: Int64]] = [:]
    var nextID: Int64
    /// `nil` outside of a batch that may be refused as a whole.
    var batch: Batch?

    init(object: MockHubSpotObject, firstID: Int64) {
        self.object = object
        self.nextID = firstID
        self.properties = Dictionary(object.properties.map { ($0.name, $0) }) { first, _ in first }
        self.uniqueNames = object.properties.filter(\.hasUniqueValue).map(\.name)
        for property in object.properties { self.learn(property.name, property) }
    }

    /// Notes how the values of a property are made, if the portal makes them.
    private mutating func learn(_ name: String, _ property: MockHubSpotProperty?) {
        let isMade = property?.isReadOnly == true && property?.isHubSpotDefined == true
        self.calculations[name] = isMade ? Calculation(name, of: self.object.typeID) : nil
        self.calculatedNames = self.calculations.keys.sorted()
    }

    /// Whether the portal makes something of the ties to records of an object type.
    func follows(_ typeID: String) -> Bool {
        self.calculations.values.contains { $0.follows(typeID) }
    }

    func row(_ id: Int64) -> Row? { self.places[id].map { self.rows[$0] } }

    func place(of id: Int64) -> Int? { self.places[id] }

    /// The first row with that id or a later one; rows stand in id order.
    func firstPlace(atOrAfter id: Int64) -> Int {
        var low = 0
        var high = self.rows.count
        while low < high {
            let middle = (low + high) / 2
            if self.rows[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func isDefined(_ property: String) -> Bool { self.properties[property] != nil }

    /// The version of a row that a search at a time may show; `nil` where it shows none.
    func shownVersion(_ place: Int, at time: Int64) -> Int? {
        guard self.rows[place].isVisible, self.rows[place].mergedInto == nil,
            let newest = self.rows[place].versions.indices.last,
            !self.rows[place].versions[newest].isArchived,
            let shown = self.rows[place].versions.lastIndex(where: { $0.at <= time }),
            !self.rows[place].versions[shown].isArchived
        else { return nil }
        return shown
    }

    /// The rows that have that value of a property now, in id order.
    ///
    /// The first question of a property reads every row.
    mutating func rows(with value: String, of property: String) -> [Int] {
        if self.valueIndexes[property] == nil {
            var index = ValueIndex()
            for (place, row) in self.rows.enumerated() {
                index.change(place, from: nil, to: row.now.values[property])
            }
            self.valueIndexes[property] = index
        }
        return self.valueIndexes[property]?.rows(with: value) ?? []
    }

    /// A value of a version as searches compare it, whatever its letters' case.
    func folded(_ property: String, _ row: Int, _ version: Int) -> String? {
        if version == self.rows[row].versions.count - 1,
            let column = self.folded.column(property)
        {
            return column[row]
        }
        return self.rows[row].versions[version].values[property]?.lowercased()
    }

    /// The rows that were written after a time, in id order.
    func rows(writtenAfter time: Int64) -> [Int] {
        guard self.newestCommit > time else { return [] }
        return self.newest.indices.filter { self.newest[$0] > time }
    }

    func id(of value: String, by property: String) -> Int64? {
        property == "email"
            ? self.emails[value.lowercased()] : self.unique[property]?[value.lowercased()]
    }

    /// The archived record that held a unique value, for reads with `archived=true`.
    ///
    /// The documentation does not say whether they take an `idProperty`; it is assumed they do.
    func archivedID(of value: String, by property: String) -> Int64? {
        self.archived[property]?[value.lowercased()]
    }

    func isUnique(_ property: String) -> Bool {
        property == "email" || self.uniqueNames.contains(property)
    }

    /// Changes a property, adds one, or takes one away; values stay.
    mutating func define(_ name: String, as property: MockHubSpotProperty?) {
        self.properties[name] = property
        self.learn(name, property)
        let place = self.object.properties.firstIndex { $0.name == name }
        switch (place, property) {
        case (let place?, let property?): self.object.properties[place] = property
        case (let place?, nil): self.object.properties.remove(at: place)
        case (nil, let property?): self.object.properties.append(property)
        case (nil, nil): break
        }
        guard let property else { return }
        if property.hasUniqueValue, !self.uniqueNames.contains(name) {
            self.uniqueNames.append(name)
        }
        self.archivedProperties.removeAll { $0.name == name }
    }

    mutating func keepArchived(_ property: MockHubSpotProperty) {
        self.archivedProperties.append(property)
    }

    /// Every property group with its label, by name.
    var groups: [(name: String, label: String)] {
        let own = Set(self.object.properties.map(\.group)).union(self.extraGroups.keys)
        return own.sorted().map { ($0, self.extraGroups[$0] ?? $0) }
    }

    /// How many commits there ever were.
    var commitCount: Int { self.forgotten + self.commits.count }

    /// The commits after the first so many, as far as they are known still.
    func commits(after count: Int) -> ArraySlice<Commit> {
        self.commits.dropFirst(max(0, count - self.forgotten))
    }

    /// Forgets all but the newest commits, and the versions that only older ones had.
    ///
    /// Each record keeps its newest version and the one that the oldest kept commit found.
    mutating func forget(allBut count: Int) {
        guard self.commits.count > count else { return }
        self.forgotten += self.commits.count - count
        self.commits.removeFirst(self.commits.count - count)
        guard let oldest = self.commits.first?.at else { return }
        for place in self.rows.indices where self.rows[place].versions.count > 1 {
            let kept = self.rows[place].versions.lastIndex { $0.at <= oldest } ?? 0
            guard kept > 0 else { continue }
            self.rows[place].maker = self.maker(self.rows[place])
            self.rows[place].versions.removeFirst(kept)
        }
    }

    // MARK: - Writing

    /// Makes a record; answers its id.
    mutating func create(
        _ fields: [(String, String)],
        _ author: MockHubSpotAuthor,
        _ now: Int64,
        kind: MockHubSpotVersion.Kind = .create
    ) throws(Refusal) -> Int64 {
        var values: [String: String] = [:]
        var checked = try self.checked(fields, for: nil, isSeed: kind == .seed)
        if kind != .seed { checked = self.closed(checked, before: [:], now) }
        for (name, value) in checked where !value.isEmpty { values[name] = value }
        if kind == .create {
            let unset = self.unset(values)
            guard unset.isEmpty else { throw .objection(.unset(unset, self.object.label)) }
        }
        let id = self.nextID
        // Ids rise in steps, as other records take some.
        self.nextID += 7
        self.add(
            id,
            Version(at: now, values: values, isArchived: false, author: author, kind: kind)
        )
        for name in values.keys {
            self.rows[self.rows.count - 1].changes[name] = Change(at: now, author: author)
        }
        return id
    }

    /// What a new record would have to have besides.
    private func unset(_ values: [String: String]) -> [String] {
        let anyOf = self.object.requiredOneOf
        let hasOne = anyOf.isEmpty || anyOf.contains { values[$0] != nil }
        let missing = self.object.requiredAll.filter { name in
            values[name] == nil && (self.asksForStage || name != self.object.stageProperty)
        }
        return (hasOne ? [] : anyOf) + missing
    }

    /// Puts a record of the portal's own into the table, as it is.
    mutating func put(
        _ values: [String: String],
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) {
        let id = self.nextID
        self.nextID += 7
        self.add(
            id,
            Version(at: now, values: values, isArchived: false, author: author, kind: .seed)
        )
        for name in values.keys {
            self.rows[self.rows.count - 1].changes[name] = Change(at: now, author: author)
        }
    }

    /// Changes how the object type is set up; its properties have their own ways.
    mutating func setUp(_ change: (inout MockHubSpotObject) -> Void) {
        change(&self.object)
    }

    /// Sets properties; an empty value clears.
    mutating func update(
        _ id: Int64,
        _ fields: [(String, String)],
        _ author: MockHubSpotAuthor,
        _ now: Int64,
        isSystem: Bool = false
    ) throws(Refusal) {
        guard let place = self.places[id], !self.rows[place].now.isArchived,
            self.rows[place].isVisible, self.rows[place].mergedInto == nil
        else { throw .missing }
        let old = self.rows[place].now.values
        let checked = self.closed(
            try self.checked(fields, for: id, isSystem: isSystem),
            before: old,
            now
        )
        self.batch?.steps.append(
            .row(place, self.rows[place], newest: self.newest[place])
        )
        var values = old
        for (name, value) in checked {
            let next = value.isEmpty ? nil : value
            guard values[name] != next else { continue }
            values[name] = next
            self.rows[place].changes[name] = Change(at: now, author: author)
        }
        self.push(
            Version(at: now, values: values, isArchived: false, author: author, kind: .update),
            on: place
        )
        self.index(id, old: old, new: values)
    }

    /// `kind`: whether it is deleted or merged away.
    mutating func archive(
        _ id: Int64,
        _ author: MockHubSpotAuthor,
        _ now: Int64,
        as kind: MockHubSpotVersion.Kind = .archive
    ) {
        guard let place = self.places[id], !self.rows[place].now.isArchived else { return }
        var version = self.rows[place].now
        version.isArchived = true
        (version.at, version.author, version.kind) = (now, author, kind)
        self.push(version, on: place)
        for name in ["email"] + self.uniqueNames {
            guard let value = version.values[name] else { continue }
            self.archived[name, default: [:]][value.lowercased()] = id
        }
        self.index(id, old: version.values, new: [:])
    }

    /// Forgets a record for good: neither it nor its values are ever shown again.
    mutating func purge(_ id: Int64, _ author: MockHubSpotAuthor, _ now: Int64) {
        self.archive(id, author, now, as: .gdprDelete)
        guard let place = self.places[id] else { return }
        self.rows[place].isVisible = false
        self.forgetHolders([id])
    }

    /// Forgets which unique values archived records held.
    mutating func forgetHolders(_ ids: Set<Int64>) {
        for (name, holders) in self.archived {
            self.archived[name] = holders.filter { !ids.contains($0.value) }
        }
    }

    mutating func restore(_ id: Int64, _ author: MockHubSpotAuthor, _ now: Int64) {
        guard let place = self.places[id], self.rows[place].now.isArchived else { return }
        var version = self.rows[place].now
        version.isArchived = false
        (version.at, version.author, version.kind) = (now, author, .restore)
        self.push(version, on: place)
        self.index(id, old: [:], new: version.values)
    }

    mutating func setVisible(_ id: Int64, _ isVisible: Bool) {
        if let place = self.places[id] { self.rows[place].isVisible = isVisible }
    }

    /// Merges two records into a new one; both old ids lead to it.
    mutating func merge(
        _ primary: Int64,
        _ loser: Int64,
        keepsID: Bool,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> Int64? {
        guard primary != loser, let first = self.row(primary), let second = self.row(loser),
            first.mergedInto == nil, second.mergedInto == nil
        else { return nil }
        var values = second.now.values.merging(first.now.values) { _, kept in kept }
        let extra = [
            first.now.values["hs_merged_object_ids"], second.now.values["hs_merged_object_ids"],
        ]
        let merged = keepsID ? [loser] : [primary, loser]
        let ids = merged.map { String($0) } + extra.compactMap { $0 }
        values["hs_merged_object_ids"] = ids.joined(separator: ";")
        let emails = Self.emails(of: first.now.values) + Self.emails(of: second.now.values)
        let others = emails.filter { $0 != values["email"]?.lowercased() }
        if !others.isEmpty { values["hs_additional_emails"] = others.joined(separator: ";") }
        self.archive(loser, author, now, as: .mergedAway)
        guard !keepsID else {
            if let place = self.places[primary] {
                var version = self.rows[place].now
                let old = version.values
                (version.values, version.at, version.kind) = (values, now, .merge)
                version.author = author
                self.push(version, on: place)
                for (name, value) in values where old[name] != value {
                    self.rows[place].changes[name] = Change(at: now, author: author)
                }
                self.index(primary, old: old, new: values)
            }
            if let place = self.places[loser] { self.rows[place].mergedInto = primary }
            return primary
        }
        self.archive(primary, author, now, as: .mergedAway)
        let id = self.nextID
        self.nextID += 7
        self.add(
            id,
            Version(at: now, values: values, isArchived: false, author: author, kind: .merge)
        )
        self.rows[self.rows.count - 1].maker = self.maker(first)
        for old in [primary, loser] {
            if let place = self.places[old] { self.rows[place].mergedInto = id }
        }
        return id
    }

    private mutating func add(_ id: Int64, _ version: Version) {
        self.places[id] = self.rows.count
        self.rows.append(Row(id: id, createdAt: version.at, versions: [version]))
        self.newest.append(version.at)
        self.newestCommit = max(self.newestCommit, version.at)
        self.commits.append(Commit(id: id, at: version.at))
        self.index(id, old: [:], new: version.values)
        self.folded.append(version.values)
        self.changeValueIndexes(self.rows.count - 1, from: [:], to: version.values)
    }

    mutating func push(_ version: Version, on place: Int) {
        self.changeValueIndexes(place, to: version.values)
        self.newestCommit = max(self.newestCommit, version.at)
        self.rows[place].versions.append(version)
        self.newest[place] = max(self.newest[place], version.at)
        self.commits.append(Commit(id: self.rows[place].id, at: version.at))
    }

    // MARK: - Checking

    /// The values as they are stored, or every problem of the input together.
    private func checked(
        _ fields: [(String, String)],
        for id: Int64?,
        isSeed: Bool = false,
        isSystem: Bool = false
    ) throws(Refusal) -> [(String, String)] {
        var problems: [(property: String, code: String, message: String)] = []
        var values: [(String, String)] = []
        for (name, raw) in fields {
            guard let property = self.properties[name] else {
                problems.append(
                    (name, "PROPERTY_DOESNT_EXIST", "Property \"\(name)\" does not exist")
                )
                continue
            }
            if property.isReadOnly, !isSystem {
                let text = "\"\(name)\" is a read only property; its value cannot be set."
                problems.append((name, "READ_ONLY_VALUE", text))
                continue
            }
            let present = id.flatMap { self.row($0)?.now.values[name] }
            switch property.stored(property.appended(raw, to: present)) {
            case .success(let value): values.append((name, value))
            case .failure(let code): problems.append((name, code.code, code.message))
            }
        }
        // What is put into the portal as it is may be in any stage.
        if !isSeed { values = self.staged(values, for: id, &problems) }
        guard problems.isEmpty else { throw .invalid(problems) }
        for (name, value) in values where !value.isEmpty && self.isUnique(name) {
            let isEmail = name == "email"
            let known = isEmail ? self.addresses[value.lowercased()] : self.id(of: value, by: name)
            guard let holder = known, holder != id else { continue }
            if isEmail { throw .conflict(holder) }
            throw .taken(
                UniqueConflict(
                    property: name,
                    value: value,
                    record: id ?? self.nextID,
                    holder: holder
                )
            )
        }
        return values
    }

    /// All addresses of a record, lower-case: its own and those of records merged into it.
    private static func emails(of values: [String: String]) -> [String] {
        let all = [values["email"], values["hs_additional_emails"]].compactMap { $0 }
        return all.flatMap { $0.lowercased().split(separator: ";").map(String.init) }
    }

    private mutating func index(_ id: Int64, old: [String: String], new: [String: String]) {
        for email in Self.emails(of: old) where self.addresses[email] == id {
            self.setAddress(email, nil)
        }
        for email in Self.emails(of: new) { self.setAddress(email, id) }
        for name in ["email"] + self.uniqueNames {
            let before = old[name]?.lowercased()
            let after = new[name]?.lowercased()
            guard before != after else { continue }
            if let before, self.id(of: before, by: name) == id { self.setUnique(name, before, nil) }
            if let after { self.setUnique(name, after, id) }
        }
    }

    private mutating func setAddress(_ address: String, _ id: Int64?) {
        self.batch?.steps.append(.address(address, self.addresses[address]))
        self.addresses[address] = id
    }

    private mutating func setUnique(_ name: String, _ value: String, _ id: Int64?) {
        let old = self.id(of: value, by: name)
        self.batch?.steps.append(.unique(name: name, value: value, old))
        self.set(id, value, name)
    }

    mutating func set(_ id: Int64?, _ value: String, _ name: String) {
        if name == "email" {
            self.emails[value] = id
        } else {
            self.unique[name, default: [:]][value] = id
        }
    }
}
