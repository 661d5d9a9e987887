/// The rows of exports.
extension MockHubSpot {
    /// Makes the files of the exports whose time has come.
    mutating func runExports(_ now: Int64) {
        for place in self.exports.jobs.indices {
            var job = self.exports.jobs[place]
            guard job.file == nil, job.endsAt <= now,
                let table = self.place(of: job.objectTypeID)
            else { continue }
            let rows = self.rows(of: job, table)
            job.count = rows.count
            job.file = self.csv(job, table, rows)
            self.exports.jobs[place] = job
        }
    }

    private func rows(of job: ExportJob, _ table: Int) -> [RecordTable.Row] {
        let members = job.listID.flatMap { id in self.lists.first { $0.id == id } }?.members
        var rows = self.tables[table].rows.filter { row in
            row.isVisible && row.mergedInto == nil && !row.now.isArchived
                && (job.listID == nil || members?[row.id] != nil)
                && self.isShown(row, job.search, table)
        }
        guard let search = job.search, !search.sort.isEmpty else { return rows }
        // Rows stand in id order already, and the sort is stable.
        rows.sort { left, right in
            let first = self.exported(search.sort, left, table)
            let second = self.exported(search.sort, right, table)
            return search.isDescending ? second < first : first < second
        }
        return rows
    }

    private func isShown(
        _ row: RecordTable.Row,
        _ search: ExportSearch?,
        _ table: Int
    ) -> Bool {
        guard let search else { return true }
        if !search.query.isEmpty {
            let isFound = row.now.values.values.contains { $0.lowercased().contains(search.query) }
            guard isFound else { return false }
        }
        return search.groups.isEmpty
            || search.groups.contains { filters in
                filters.allSatisfy { $0.matches(self.exported($0.property, row, table)) }
            }
    }

    private func exported(_ name: String, _ row: RecordTable.Row, _ table: Int) -> String {
        let object = self.tables[table].object
        return switch name {
        case "hs_object_id": String(row.id)
        case object.createdName: ServerTime.iso(row.createdAt)
        case object.modifiedName: ServerTime.iso(row.now.at)
        default: self.value(name, table, row, row.now) ?? ""
        }
    }

    private func csv(_ job: ExportJob, _ table: Int, _ rows: [RecordTable.Row]) -> [UInt8] {
        let object = self.tables[table].object
        let properties = job.properties.compactMap { name in
            object.properties.first { $0.name == name }
        }
        let others = job.associated.compactMap { type in
            self.place(of: type).map { self.tables[$0].object }
        }
        var header = ["Record ID"] + properties.map { job.usesNames ? $0.name : $0.label }
        for other in others { header.append("Associated \(Self.title(other.label)) IDs") }
        var text = CSVText.line(header)
        for row in rows {
            var fields = [String(row.id)]
            for property in properties {
                let value = self.exported(property.name, row, table)
                fields.append(job.usesValues ? value : self.shownValue(value, property))
            }
            for other in others {
                let ties = self.associations.list(
                    End(type: object.typeID, id: row.id),
                    to: other.typeID
                )
                let most = job.hasAllTies ? Int.max : max(0, self.settings.bulk.exportTiesPerRow)
                fields.append(ties.prefix(most).map { String($0.id) }.joined(separator: ";"))
            }
            text += CSVText.line(fields)
        }
        return Array(text.utf8)
    }

    private static func title(_ label: String) -> String {
        label.prefix(1) + label.dropFirst().lowercased().replacing("_", with: " ")
    }

    /// Options and owners as people read them.
    private func shownValue(_ value: String, _ property: MockHubSpotProperty) -> String {
        guard !value.isEmpty else { return value }
        if property.refersToOwners {
            let owner = self.settings.owners.first { String($0.id) == value }
            return owner.map { "\($0.firstName) \($0.lastName)" } ?? value
        }
        guard property.kind == .enumeration else { return value }
        let parts = property.isMultiple ? value.split(separator: ";").map(String.init) : [value]
        return parts.map { part in
            property.options.first { $0.value == part }?.label ?? part
        }.joined(separator: ";")
    }
}
