import WireJSON

extension MockOrg {
    /// The most matches that a reply names.
    private static let matchesMax = 100

    /// Refuses a record that a duplicate rule finds another one of.
    ///
    /// `changed` are the places that an update changes, and `nil` for a create.
    func requireNoDuplicate(
        _ table: Int,
        _ values: [Value],
        row: Int?,
        changed: Set<Int>?,
        _ context: WriteContext
    ) throws(RequestFailure) {
        guard !self.duplicateRules.isEmpty, !context.isSeed, !context.duplicates.areSkipped
        else { return }
        let object = self.tables[table].object
        for rule in self.duplicateRules where rule.object == object.name {
            guard let action = changed == nil ? rule.onCreate : rule.onUpdate,
                action == .block || !context.duplicates.allowsSave
            else { continue }
            if let changed {
                let compared = rule.matchingRules.flatMap(\.alternatives).joined()
                guard
                    compared.contains(where: {
                        object.place(of: $0.name).map(changed.contains) ?? false
                    })
                else { continue }
            }
            var matches: [DuplicateResult.Match] = []
            for matching in rule.matchingRules {
                let own = matching.object == object.name ? row : nil
                let found = self.matches(matching, object, values, except: own, context)
                guard let found else { continue }
                matches.append(DuplicateResult.Match(rule: matching, records: found))
            }
            guard !matches.isEmpty else { continue }
            var error = MockSalesforceError("DUPLICATES_DETECTED", rule.message)
            error.duplicates = DuplicateResult(
                rule: rule,
                isSaveAllowed: action == .alert,
                matches: matches,
                spelling: context.duplicates.spelling
            )
            throw RequestFailure([error])
        }
    }

    /// The records that match, oldest first; `nil` where none does.
    ///
    /// Records that the user may not see can match and are not named.
    private func matches(
        _ rule: MockSalesforceMatchingRule,
        _ object: MockObject,
        _ values: [Value],
        except own: Int?,
        _ context: WriteContext
    ) -> [[UInt8]]? {
        guard let table = self.table(rule.object) else { return nil }
        let options = context.duplicates
        var found: Set<Int> = []
        for alternative in rule.alternatives {
            let keys = self.keys(alternative, object, values, table)
            guard let keys else { continue }
            for row in self.candidates(keys, table) where row != own {
                if let before = options.rowsBefore, table < before.count, row >= before[table] {
                    continue
                }
                let record = self.tables[table].rows[row]
                guard !(options.runsAsCurrentUser && context.isRest && record.isHidden),
                    let version = record.visible(at: context.now), !version.isDeleted,
                    keys.allSatisfy({ $0.key == Self.key($0.method, version.value($0.place)) })
                else { continue }
                found.insert(row)
            }
        }
        guard !found.isEmpty else { return nil }
        var projection = Projection(table: table)
        let target = self.tables[table].object
        if options.includesRecordDetails {
            projection = QueryPlanner.projectAll(table, of: self)
        } else if let id = target.place(of: "Id") {
            projection.add(id, of: target)
        }
        var rows = RowWriter(org: self, now: context.now, version: options.version)
        let shown = found.sorted().filter {
            !(context.isRest && self.tables[table].rows[$0].isHidden)
        }
        return shown.prefix(Self.matchesMax).map { row in
            var writer = JSONWriter()
            rows.write(row, projection, to: &writer)
            return writer.bytes
        }
    }

    private struct Key {
        var place: Int
        var method: MockSalesforceMatchingRule.Method
        var key: String
    }

    /// What the other record has to hold; `nil` where a value is blank or a field unknown.
    private func keys(
        _ fields: [MockSalesforceMatchingRule.Field],
        _ object: MockObject,
        _ values: [Value],
        _ table: Int
    ) -> [Key]? {
        var keys: [Key] = []
        for field in fields {
            guard let from = object.place(of: field.name), from < values.count,
                let place = self.tables[table].object.place(of: field.name),
                let key = Self.key(field.method, values[from])
            else { return nil }
            keys.append(Key(place: place, method: field.method, key: key))
        }
        return keys.isEmpty ? nil : keys
    }

    /// Rows that may match: those of an index where there is one, else all.
    private func candidates(_ keys: [Key], _ table: Int) -> [Int] {
        let object = self.tables[table].object
        let indexed = keys.first { key in
            let field = object.fields[key.place]
            return key.method == .exact && field.isIndexed && !field.isCaseSensitive
                && field.type != .reference
        }
        guard let indexed else { return Array(self.tables[table].rows.indices) }
        return self.tables[table].candidates(indexed.place, indexed.key)
    }

    private static func key(
        _ method: MockSalesforceMatchingRule.Method,
        _ value: Value
    ) -> String? {
        let text = value.wireText.lowercased()
        let key =
            switch method {
            case .exact: text
            case .normalised: text.filter { $0.isLetter || $0.isNumber }
            case .digits: text.filter { $0.isNumber }
            }
        return key.isEmpty ? nil : key
    }
}
