/// What people of the portal do; nothing here is billed.
extension MockHubSpot {
    /// Puts a record into the portal as it is; duplicates of an e-mail are refused all the same.
    @discardableResult
    package mutating func seed(
        object: String = "contacts",
        fields: [(String, String)],
        at now: Int64,
        author: MockHubSpotAuthor = .person(1)
    ) throws(MockHubSpotRefusal) -> String {
        try self.made(object, fields, author, now, .seed)
    }

    /// A person makes a record.
    @discardableResult
    package mutating func create(
        object: String = "contacts",
        fields: [(String, String)],
        at now: Int64,
        author: MockHubSpotAuthor = .person(1)
    ) throws(MockHubSpotRefusal) -> String {
        try self.made(object, fields, author, now, .create)
    }

    /// A person changes properties; an empty value clears.
    package mutating func edit(
        _ id: String,
        object: String = "contacts",
        fields: [(String, String)],
        at now: Int64,
        author: MockHubSpotAuthor = .person(1)
    ) throws(MockHubSpotRefusal) {
        let place = try self.known(object)
        guard let number = Int64(id), let row = self.follow(number, place) else {
            throw .unknownRecord
        }
        do throws(RecordTable.Refusal) {
            try self.tables[place].update(row.id, fields, author, now)
        } catch {
            throw Self.refusal(error)
        }
    }

    /// HubSpot's own integration with Salesforce writes what it synced, read-only properties too.
    package mutating func syncFromSalesforce(
        _ id: String,
        object: String = "contacts",
        fields: [(String, String)],
        at now: Int64
    ) throws(MockHubSpotRefusal) {
        let (place, number) = try self.located(id, object)
        do throws(RecordTable.Refusal) {
            try self.tables[place].update(number, fields, .salesforce, now, isSystem: true)
        } catch {
            throw Self.refusal(error)
        }
    }

    package mutating func archive(
        _ id: String,
        object: String = "contacts",
        at now: Int64
    ) throws(MockHubSpotRefusal) {
        let (place, number) = try self.located(id, object)
        self.tables[place].archive(number, .person(1), now)
    }

    package mutating func restore(
        _ id: String,
        object: String = "contacts",
        at now: Int64
    ) throws(MockHubSpotRefusal) {
        let (place, number) = try self.located(id, object)
        self.tables[place].restore(number, .person(1), now)
    }

    /// A person wants to be forgotten: neither the record nor its values are shown again.
    package mutating func forgetForPrivacy(
        _ id: String,
        object: String = "contacts",
        at now: Int64
    ) throws(MockHubSpotRefusal) {
        let (place, number) = try self.located(id, object)
        self.tables[place].purge(number, .person(1), now)
    }

    /// Forgets old versions where an object type has twice as many commits as that, down to it.
    ///
    /// For a portal that runs for long; what checks a run reads the whole history.
    package mutating func forgetHistory(over count: Int, at now: Int64) {
        for place in self.tables.indices where self.tables[place].commits.count > 2 * count {
            self.tables[place].forget(allBut: count)
        }
        // A token that ended long ago is as unknown as any other.
        guard self.tokens.count > 2 * count else { return }
        self.tokens = self.tokens.filter { $0.value.expiresAt > now - 86_400_000 }
    }

    /// Somebody removes an app from the account: its access tokens end.
    package mutating func endTokens(of app: Int64) {
        self.tokens = self.tokens.filter { self.settings.apps[$0.value.app].id != app }
    }

    /// Changes the account's limits, as another subscription does.
    package mutating func setLimits(
        burst: Int? = nil,
        daily: Int? = nil,
        searchesPerSecond: Int? = nil
    ) {
        if let burst {
            for place in self.settings.apps.indices where !self.settings.apps[place].isOAuth {
                self.settings.apps[place].burstMax = burst
            }
        }
        self.settings.dailyMax = daily ?? self.settings.dailyMax
        self.settings.searchesPerSecondMax =
            searchesPerSecond ?? self.settings.searchesPerSecondMax
        self.limits.adopt(self.settings)
    }

    /// Changes the settings of a portal that runs; what only its start reads stays as it was.
    package mutating func change(_ settings: MockHubSpotSettings) {
        self.settings = settings
        self.limits.adopt(settings)
        self.marketing.window.max = settings.marketing.submissionsPerTenSeconds
    }

    /// A person merges two records; answers the id of the record that stays.
    @discardableResult
    package mutating func merge(
        _ primary: String,
        with loser: String,
        object: String = "contacts",
        at now: Int64
    ) throws(MockHubSpotRefusal) -> String {
        let place = try self.known(object)
        guard let first = Int64(primary), let second = Int64(loser),
            let id = self.tables[place].merge(
                first,
                second,
                keepsID: self.settings.mergeKeepsPrimaryID,
                .person(1),
                now
            )
        else { throw .unknownRecord }
        let type = self.tables[place].object.typeID
        for old in [first, second] where old != id {
            self.associations.move(.init(type: type, id: old), to: .init(type: type, id: id))
        }
        return String(id)
    }

    /// A person ties two records, with a label if one is named; contacts, deals and tickets have one primary company.
    package mutating func tie(
        _ id: String,
        of object: String,
        to other: String,
        of otherObject: String,
        isPrimary: Bool = false,
        as label: String? = nil
    ) throws(MockHubSpotRefusal) {
        let first = self.tables[try self.known(object)]
        let second = self.tables[try self.known(otherObject)]
        guard let from = Int64(id), first.row(from) != nil, let to = Int64(other),
            second.row(to) != nil
        else { throw .unknownRecord }
        let (fromType, toType) = (first.object.typeID, second.object.typeID)
        let kind = self.associations.types.first {
            $0.from == fromType && $0.to == toType && $0.isPrimary == isPrimary
                && ($0.label == label || isPrimary)
        }
        guard let kind else { throw .unknownObject }
        self.associations.firstIsPrimary = self.settings.firstCompanyIsPrimary
        self.associations.add(
            kind,
            .init(type: fromType, id: from),
            .init(type: toType, id: to)
        )
    }

    /// The company that a record shows as its primary one.
    package func primaryCompany(of id: String, in object: String) -> String? {
        guard let place = self.place(of: object), let number = Int64(id) else { return nil }
        return self.company(
            of: .init(type: self.tables[place].object.typeID, id: number),
            where: \.isPrimary
        )
    }

    /// The company that a company shows as its parent.
    package func parentCompany(of id: String) -> String? {
        guard let number = Int64(id) else { return nil }
        return self.company(of: .init(type: "0-2", id: number)) { $0.id == AssociationType.parent }
    }

    /// A person takes two records apart.
    package mutating func untie(
        _ id: String,
        of object: String,
        from other: String,
        of otherObject: String
    ) throws(MockHubSpotRefusal) {
        let first = self.tables[try self.known(object)].object.typeID
        let second = self.tables[try self.known(otherObject)].object.typeID
        guard let one = Int64(id), let two = Int64(other) else { throw .unknownRecord }
        self.associations.remove([], .init(type: first, id: one), .init(type: second, id: two))
    }

    /// A person makes a company another one's parent, in place of the one before; `nil` takes it away.
    package mutating func setParent(_ parent: String?, of id: String) throws(MockHubSpotRefusal) {
        let place = try self.located(id, "companies").place
        guard let number = Int64(id) else { throw .unknownRecord }
        let child = AssociationTable.End(type: self.tables[place].object.typeID, id: number)
        for tie in self.associations.list(child, to: "0-2")
        where tie.types.contains(where: { $0.id == AssociationType.parent }) {
            self.associations.remove([], child, .init(type: "0-2", id: tie.id))
        }
        guard let parent else { return }
        guard let other = Int64(parent), self.tables[place].row(other) != nil,
            let kind = self.associations.type(AssociationType.parent, from: "0-2", to: "0-2")
        else { throw .unknownRecord }
        self.associations.add(kind, child, .init(type: "0-2", id: other))
    }

    /// Hides a record from the API's user, or shows it again.
    package mutating func setVisible(
        _ id: String,
        object: String = "contacts",
        _ isVisible: Bool
    ) throws(MockHubSpotRefusal) {
        let (place, number) = try self.located(id, object)
        self.tables[place].setVisible(number, isVisible)
    }

    /// An admin changes a property, archives it with nil, or brings it back.
    package mutating func define(_ name: String, as property: MockHubSpotProperty?) {
        self.tables[Self.contacts].define(name, as: property)
    }

    package func property(_ name: String) -> MockHubSpotProperty? {
        self.tables[Self.contacts].object.properties.first { $0.name == name }
    }

    /// The properties of an object type by any of its names; none of one that there is not.
    package func properties(of object: String) -> [MockHubSpotProperty] {
        self.place(of: object).map { self.tables[$0].object.properties } ?? []
    }

    /// The plural name of an object type that is known by any of its names.
    package func objectName(of name: String) -> String? {
        self.place(of: name).map { self.tables[$0].object.name }
    }

    /// How many records of another type a record is tied to.
    package func tieCount(_ id: String, of object: String, to other: String) -> Int {
        guard let number = Int64(id), let from = self.place(of: object),
            let to = self.place(of: other)
        else { return 0 }
        return self.associations.count(
            .init(type: self.tables[from].object.typeID, id: number),
            to: self.tables[to].object.typeID
        )
    }

    /// The records of another type that a record is tied to, in id order; with a label only those that have it.
    package func ties(
        of id: String,
        in object: String,
        to other: String,
        as label: String? = nil
    ) -> [String] {
        guard let number = Int64(id), let from = self.place(of: object),
            let to = self.place(of: other)
        else { return [] }
        return self.associations.list(
            .init(type: self.tables[from].object.typeID, id: number),
            to: self.tables[to].object.typeID
        ).filter { tie in label == nil || tie.types.contains { $0.label == label } }
            .map { String($0.id) }
    }

    /// Every object type of the portal by its plural name, in the order in which they were made.
    package var objectNames: [String] { self.tables.map(\.object.name) }

    // MARK: - For oracles

    /// Every access token that apps have, sorted.
    package var tokensGiven: [String] { self.tokens.keys.sorted() }

    /// All live records of an object type in id order; none of one that there is not.
    package func export(object: String) -> [MockHubSpotRecord] {
        guard let place = self.place(of: object) else { return [] }
        let order = self.tables[place].object.properties.map(\.name)
        return self.tables[place].rows.filter { !$0.now.isArchived && $0.mergedInto == nil }
            .map { row in
                MockHubSpotRecord(
                    id: String(row.id),
                    isArchived: false,
                    isVisible: row.isVisible,
                    createdAt: row.createdAt,
                    modifiedAt: row.now.at,
                    fields: order.compactMap { name in
                        row.now.values[name].map { MockHubSpotRecord.Field(name, $0) }
                    }
                )
            }
    }

    /// The ids of all live records of an object type, in id order.
    package func ids(of object: String) -> [String] {
        guard let place = self.place(of: object) else { return [] }
        return self.tables[place].rows.filter { !$0.now.isArchived && $0.mergedInto == nil }
            .map { String($0.id) }
    }

    /// Every version of every contact, in the order of the commits; of one moment, in id order.
    package var changes: [MockHubSpotVersion] { self.changes(of: "contacts") }

    /// The same of an object type by any of its names; none of one that there is not.
    package func changes(of object: String) -> [MockHubSpotVersion] {
        guard let place = self.place(of: object) else { return [] }
        var changes: [MockHubSpotVersion] = []
        for row in self.tables[place].rows {
            var before: [String: String] = [:]
            for version in row.versions {
                let names = Set(before.keys).union(version.values.keys).sorted()
                changes.append(
                    MockHubSpotVersion(
                        sequence: 0,
                        recordID: String(row.id),
                        kind: version.kind,
                        at: version.at,
                        author: version.author,
                        fields: names.filter { before[$0] != version.values[$0] }.map {
                            .init($0, before: before[$0], after: version.values[$0])
                        }
                    )
                )
                before = version.values
            }
        }
        // Swift's sort is stable, so that one record's versions keep their order.
        changes.sort { $0.at < $1.at }
        for place in changes.indices { changes[place].sequence = place + 1 }
        return changes
    }

    /// Which record each commit was of, and when, without the first so many.
    package func commits(
        after count: Int,
        of object: String = "contacts"
    ) -> [(recordID: String, at: Int64)] {
        guard let place = self.place(of: object) else { return [] }
        return self.tables[place].commits(after: count).map { (String($0.id), $0.at) }
    }

    package func record(_ id: String) -> MockHubSpotRecord? { self.record(id, of: "contacts") }

    /// One record in its newest version, archived or not.
    package func record(_ id: String, of object: String) -> MockHubSpotRecord? {
        guard let number = Int64(id), let place = self.place(of: object),
            let row = self.tables[place].row(number)
        else { return nil }
        return MockHubSpotRecord(
            id: id,
            isArchived: row.now.isArchived,
            isVisible: row.isVisible,
            createdAt: row.createdAt,
            modifiedAt: row.now.at,
            fields: self.tables[place].object.properties.compactMap { property in
                row.now.values[property.name].map { MockHubSpotRecord.Field(property.name, $0) }
            }
        )
    }

    /// The place of an object type's table.
    private func known(_ object: String) throws(MockHubSpotRefusal) -> Int {
        guard let place = self.place(of: object) else { throw .unknownObject }
        return place
    }

    /// The table of a record and its id as a number.
    private func located(
        _ id: String,
        _ object: String
    ) throws(MockHubSpotRefusal) -> (place: Int, number: Int64) {
        let place = try self.known(object)
        guard let number = Int64(id), self.tables[place].row(number) != nil else {
            throw .unknownRecord
        }
        return (place, number)
    }

    private mutating func made(
        _ object: String,
        _ fields: [(String, String)],
        _ author: MockHubSpotAuthor,
        _ now: Int64,
        _ kind: MockHubSpotVersion.Kind
    ) throws(MockHubSpotRefusal) -> String {
        let place = try self.known(object)
        do throws(RecordTable.Refusal) {
            return String(try self.tables[place].create(fields, author, now, kind: kind))
        } catch {
            throw Self.refusal(error)
        }
    }

    private static func refusal(_ refusal: RecordTable.Refusal) -> MockHubSpotRefusal {
        switch refusal {
        case .invalid(let problems): .invalid(codes: problems.map(\.code))
        case .conflict(let id): .conflict(existingID: String(id))
        case .taken(let conflict): .conflict(existingID: String(conflict.holder))
        case .objection(let objection): .invalid(codes: [objection.code])
        case .missing: .unknownRecord
        }
    }
}
