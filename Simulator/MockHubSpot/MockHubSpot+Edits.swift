/// What people of the portal do; nothing here is billed.
extension MockHubSpot {
    /// Puts a record into the portal as it is; duplicates of an e-mail are refused all the same.
    @discardableResult
    package mutating func seed(
        fields: [(String, String)],
        at now: Int64,
        author: MockHubSpotAuthor = .person(1)
    ) throws(MockHubSpotRefusal) -> String {
        try self.made(fields, author, now, .seed)
    }

    /// A person makes a record.
    @discardableResult
    package mutating func create(
        fields: [(String, String)],
        at now: Int64,
        author: MockHubSpotAuthor = .person(1)
    ) throws(MockHubSpotRefusal) -> String {
        try self.made(fields, author, now, .create)
    }

    /// A person changes properties; an empty value clears.
    package mutating func edit(
        _ id: String,
        fields: [(String, String)],
        at now: Int64,
        author: MockHubSpotAuthor = .person(1)
    ) throws(MockHubSpotRefusal) {
        guard let number = Int64(id), let row = self.follow(number, Self.contacts) else {
            throw .unknownRecord
        }
        do throws(RecordTable.Refusal) {
            try self.tables[Self.contacts].update(row.id, fields, author, now)
        } catch {
            throw Self.refusal(error)
        }
    }

    package mutating func archive(_ id: String, at now: Int64) throws(MockHubSpotRefusal) {
        guard let number = Int64(id), self.tables[Self.contacts].row(number) != nil else {
            throw .unknownRecord
        }
        self.tables[Self.contacts].archive(number, .person(1), now)
    }

    package mutating func restore(_ id: String, at now: Int64) throws(MockHubSpotRefusal) {
        guard let number = Int64(id), self.tables[Self.contacts].row(number) != nil else {
            throw .unknownRecord
        }
        self.tables[Self.contacts].restore(number, .person(1), now)
    }

    /// Changes the account's limits, as another subscription does.
    package mutating func setLimits(burst: Int? = nil, daily: Int? = nil) {
        if let burst {
            for place in self.settings.apps.indices where !self.settings.apps[place].isOAuth {
                self.settings.apps[place].burstMax = burst
            }
        }
        self.settings.dailyMax = daily ?? self.settings.dailyMax
        self.limits.adopt(self.settings)
    }

    /// A person merges two records; answers the id of the record that stays.
    @discardableResult
    package mutating func merge(
        _ primary: String,
        with loser: String,
        at now: Int64
    ) throws(MockHubSpotRefusal) -> String {
        guard let first = Int64(primary), let second = Int64(loser),
            let id = self.tables[Self.contacts].merge(
                first,
                second,
                keepsID: self.settings.mergeKeepsPrimaryID,
                .person(1),
                now
            )
        else { throw .unknownRecord }
        return String(id)
    }

    /// Hides a record from the API's user, or shows it again.
    package mutating func setVisible(_ id: String, _ isVisible: Bool) throws(MockHubSpotRefusal) {
        guard let number = Int64(id), self.tables[Self.contacts].row(number) != nil else {
            throw .unknownRecord
        }
        self.tables[Self.contacts].setVisible(number, isVisible)
    }

    /// An admin changes a property, archives it with nil, or brings it back.
    package mutating func define(_ name: String, as property: MockHubSpotProperty?) {
        self.tables[Self.contacts].define(name, as: property)
    }

    package func property(_ name: String) -> MockHubSpotProperty? {
        self.tables[Self.contacts].object.properties.first { $0.name == name }
    }

    // MARK: - For oracles

    /// All live records in id order.
    package func export(object: String) -> [MockHubSpotRecord] {
        let order = self.tables[Self.contacts].object.properties.map(\.name)
        return self.tables[Self.contacts].rows.filter { !$0.now.isArchived && $0.mergedInto == nil }
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

    /// Every version of every record, in the order of the commits; of one moment, in id order.
    package var changes: [MockHubSpotVersion] {
        var changes: [MockHubSpotVersion] = []
        for row in self.tables[Self.contacts].rows {
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
    package func commits(after count: Int) -> [(recordID: String, at: Int64)] {
        self.tables[Self.contacts].commits.dropFirst(count).map { (String($0.id), $0.at) }
    }

    package func record(_ id: String) -> MockHubSpotRecord? {
        guard let number = Int64(id), let row = self.tables[Self.contacts].row(number) else {
            return nil
        }
        return MockHubSpotRecord(
            id: id,
            isArchived: row.now.isArchived,
            isVisible: row.isVisible,
            createdAt: row.createdAt,
            modifiedAt: row.now.at,
            fields: self.tables[Self.contacts].object.properties.compactMap { property in
                row.now.values[property.name].map { MockHubSpotRecord.Field(property.name, $0) }
            }
        )
    }

    private mutating func made(
        _ fields: [(String, String)],
        _ author: MockHubSpotAuthor,
        _ now: Int64,
        _ kind: MockHubSpotVersion.Kind
    ) throws(MockHubSpotRefusal) -> String {
        do throws(RecordTable.Refusal) {
            return String(try self.tables[Self.contacts].create(fields, author, now, kind: kind))
        } catch {
            throw Self.refusal(error)
        }
    }

    private static func refusal(_ refusal: RecordTable.Refusal) -> MockHubSpotRefusal {
        switch refusal {
        case .invalid(let problems): .invalid(codes: problems.map(\.code))
        case .conflict(let id): .conflict(existingID: String(id))
        case .missing: .unknownRecord
        }
    }
}
