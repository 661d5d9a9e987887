/// What becomes of an import's rows.
extension MockHubSpot {
    /// A record of a row that was written.
    private struct Written {
        var place: Int
        var id: Int64
    }

    /// Carries out the imports whose time has come.
    mutating func runImports(_ now: Int64) {
        guard self.imports.isBusy else { return }
        for place in self.imports.jobs.indices {
            var job = self.imports.jobs[place]
            guard job.finishedAt == nil, job.endsAt <= now else { continue }
            self.carryOut(&job)
            job.finishedAt = job.endsAt
            // The problems keep their own rows.
            for place in job.files.indices { job.files[place].rows = [] }
            self.imports.jobs[place] = job
        }
    }

    private mutating func carryOut(_ job: inout ImportJob) {
        let names = [
            "TOTAL_ROWS", "CREATED_OBJECTS", "UPDATED_OBJECTS", "UNIQUE_OBJECTS_WRITTEN",
            "PROPERTY_VALUES_EMITTED", "ERRORS",
        ]
        for name in names { job.counters[name] = 0 }
        var contacts: Set<Int64> = []
        var written: Set<String> = []
        for file in job.files {
            for (number, row) in file.rows.enumerated() {
                job.counters["TOTAL_ROWS", default: 0] += 1
                let line = file.firstLine + number
                guard row.count == file.columns.count else {
                    let text = "The row has \(row.count) columns, not \(file.columns.count)"
                    self.fail(&job, file, line, row, "INCORRECT_NUMBER_OF_COLUMNS", text)
                    continue
                }
                let records = self.carryOut(row, line, file, &job)
                for record in records {
                    written.insert("\(record.place)/\(record.id)")
                    if record.place == Self.contacts { contacts.insert(record.id) }
                }
                self.tie(records, row, line, file, &job)
            }
        }
        job.counters["UNIQUE_OBJECTS_WRITTEN"] = Int64(written.count)
        job.counters["ERRORS"] = Int64(job.problems.count)
        if job.makesList, !contacts.isEmpty { self.makeList(of: contacts, &job) }
    }

    private mutating func fail(
        _ job: inout ImportJob,
        _ file: ImportJob.File,
        _ line: Int,
        _ row: [String],
        _ type: String,
        _ message: String,
        column: Int? = nil
    ) {
        let known = column.map { file.columns[$0] }
        job.problems.append(
            ImportJob.Problem(
                id: self.imports.nextProblemID(),
                type: type,
                message: message,
                objectTypeID: known?.objectTypeID,
                value: column.map { row[$0] },
                column: column,
                fileID: file.id,
                line: line,
                row: row
            )
        )
    }

    /// Writes a row's records, one for each object type of its columns.
    private mutating func carryOut(
        _ row: [String],
        _ line: Int,
        _ file: ImportJob.File,
        _ job: inout ImportJob
    ) -> [Written] {
        var records: [Written] = []
        for type in Set(file.columns.map(\.objectTypeID)).sorted() {
            guard let place = self.place(of: type) else { continue }
            if let id = self.carryOut(row, line, file, type, place, &job) {
                records.append(Written(place: place, id: id))
            }
        }
        return records
    }

    private mutating func carryOut(
        _ row: [String],
        _ line: Int,
        _ file: ImportJob.File,
        _ type: String,
        _ place: Int,
        _ job: inout ImportJob
    ) -> Int64? {
        var fields: [(String, String)] = []
        var columns: [String: Int] = [:]
        var known: Int64?
        var isNamed = false
        for (number, column) in file.columns.enumerated() where column.objectTypeID == type {
            // An empty cell says nothing.
            guard !row[number].isEmpty else { continue }
            switch column.kind {
            case .recordID:
                isNamed = true
                guard let id = Int64(row[number]), let found = self.follow(id, place)?.id else {
                    let text = "No record has the id \(row[number])"
                    self.fail(&job, file, line, row, "INVALID_OBJECT_ID", text, column: number)
                    return nil
                }
                known = found
            case .alternateID(let name):
                known = known ?? self.tables[place].id(of: row[number], by: name)
                fields.append((name, row[number]))
                columns[name] = number
            case .property(let name):
                fields.append((name, self.imported(row[number], name, place, file.dateFormat)))
                columns[name] = number
            case .label, .ignored: break
            }
        }
        guard !fields.isEmpty || isNamed else { return nil }
        // Contacts are known by their address without being told.
        if known == nil, place == Self.contacts,
            let email = fields.first(where: { $0.0 == "email" })
        {
            known = self.tables[place].id(of: email.1, by: "email")
        }
        let operation = job.operations[type] ?? .upsert
        if operation == .update, known == nil {
            self.fail(&job, file, line, row, "UPDATE_ONLY_IMPORT", "The record does not exist")
            return nil
        }
        if operation == .create, known != nil {
            self.fail(&job, file, line, row, "CREATE_ONLY_IMPORT", "The record exists already")
            return nil
        }
        guard !fields.isEmpty else { return known }
        let author = MockHubSpotAuthor(sourceType: "IMPORT", sourceID: "importId:\(job.id)")
        do throws(RecordTable.Refusal) {
            if let known {
                try self.tables[place].update(known, fields, author, job.endsAt)
                job.counters["UPDATED_OBJECTS", default: 0] += 1
            } else {
                known = try self.tables[place].create(fields, author, job.endsAt)
                job.counters["CREATED_OBJECTS", default: 0] += 1
            }
            job.counters["PROPERTY_VALUES_EMITTED", default: 0] += Int64(fields.count)
            return known
        } catch {
            self.fail(&job, file, line, row, error, columns, place)
            return nil
        }
    }

    private mutating func fail(
        _ job: inout ImportJob,
        _ file: ImportJob.File,
        _ line: Int,
        _ row: [String],
        _ refusal: RecordTable.Refusal,
        _ columns: [String: Int],
        _ place: Int
    ) {
        switch refusal {
        case .missing:
            self.fail(&job, file, line, row, "INVALID_OBJECT_ID", "The record was deleted")
        case .conflict(let id):
            let text = "A unique value belongs to the record \(id)"
            self.fail(&job, file, line, row, "DUPLICATE_UNIQUE_PROPERTY_VALUE", text)
        case .taken(let conflict):
            let text = "A unique value belongs to the record \(conflict.holder)"
            self.fail(&job, file, line, row, "DUPLICATE_UNIQUE_PROPERTY_VALUE", text)
        case .objection(let objection):
            let type = Self.importError(objection.code, nil)
            self.fail(&job, file, line, row, type, objection.message)
        case .invalid(let problems):
            for problem in problems {
                let property = self.tables[place].object.properties.first {
                    $0.name == problem.property
                }
                let type = Self.importError(problem.code, property)
                let column = columns[problem.property]
                self.fail(&job, file, line, row, type, problem.message, column: column)
            }
        }
    }

    /// The import's word for what a write of the API calls otherwise.
    private static func importError(_ code: String, _ property: MockHubSpotProperty?) -> String {
        if property?.refersToOwners ?? false { return "COULD_NOT_FIND_OWNER" }
        switch code {
        case "INVALID_EMAIL": return "INVALID_EMAIL"
        case "INVALID_OPTION": return "INVALID_ENUMERATION_OPTION"
        case "INVALID_INTEGER", "INVALID_LONG": return "COULD_NOT_PARSE_NUMBER"
        case "INVALID_DATE": return "COULD_NOT_PARSE_DATE"
        case "PROPERTY_DOESNT_EXIST": return "PROPERTY_DEFINITION_NOT_FOUND"
        case "MISSING_REQUIRED_PROPERTY": return "MISSING_REQUIRED_PROPERTY"
        default: return "FAILED_VALIDATION"
        }
    }

    /// A cell as the API would be sent it: dates in the file's order, options by their labels too.
    private func imported(
        _ text: String,
        _ name: String,
        _ place: Int,
        _ format: String
    ) -> String {
        let property = self.tables[place].object.properties.first { $0.name == name }
        guard let property else { return text }
        switch property.kind {
        case .date, .datetime: return Self.day(text, format) ?? text
        case .enumeration:
            let parts = property.isMultiple ? text.split(separator: ";").map(String.init) : [text]
            let values = parts.map { part in
                let option = property.options.first {
                    $0.value == part || $0.label.lowercased() == part.lowercased()
                }
                return option?.value ?? part
            }
            return values.joined(separator: ";")
        case .bool:
            switch text.lowercased() {
            case "yes", "1": return "true"
            case "no", "0": return "false"
            default: return text
            }
        case .string, .number, .phoneNumber: return text
        }
    }

    /// `16/05/2026` and the like as `2026-05-16`.
    private static func day(_ text: String, _ format: String) -> String? {
        let parts = text.split { "/-.".contains($0) }
        guard parts.count == 3, parts.allSatisfy({ Int($0) != nil }) else { return nil }
        let order = format.split(separator: "_").map(String.init)
        func part(_ name: String, _ width: Int) -> String? {
            guard let place = order.firstIndex(of: name), parts[place].utf8.count <= width else {
                return nil
            }
            let digits = parts[place]
            return String(repeating: "0", count: width - digits.utf8.count) + digits
        }
        guard let year = part("YEAR", 4), let month = part("MONTH", 2), let day = part("DAY", 2),
            year.first != "0"
        else { return nil }
        return "\(year)-\(month)-\(day)"
    }

    // MARK: - Associations and lists

    /// Ties a row's records to each other, with the label that a column names.
    private mutating func tie(
        _ records: [Written],
        _ row: [String],
        _ line: Int,
        _ file: ImportJob.File,
        _ job: inout ImportJob
    ) {
        guard records.count == 2 else { return }
        let ends = records.map { End(type: self.tables[$0.place].object.typeID, id: $0.id) }
        let number = file.columns.firstIndex { column in
            if case .label = column.kind { true } else { false }
        }
        let label = number.map { row[$0] } ?? ""
        let types = self.associations.types.filter { type in
            (type.from, type.to) == (ends[0].type, ends[1].type)
                || (type.to, type.from) == (ends[0].type, ends[1].type)
        }
        let wanted =
            label.isEmpty
            ? types.first { $0.label == nil && $0.from == ends[0].type }
            : types.first { $0.label?.lowercased() == label.lowercased() }
        guard let wanted else {
            if !label.isEmpty {
                let text = "There is no association label \(label)"
                self.fail(
                    &job,
                    file,
                    line,
                    row,
                    "ASSOCIATION_LABEL_NOT_FOUND",
                    text,
                    column: number
                )
            }
            return
        }
        let isForward = wanted.from == ends[0].type
        self.associations.add(wanted, ends[isForward ? 0 : 1], ends[isForward ? 1 : 0])
    }

    private mutating func makeList(of contacts: Set<Int64>, _ job: inout ImportJob) {
        var list = SegmentList(
            id: String(self.lists.count + 1),
            name: "Import: \(job.name) (\(job.id))",
            type: "0-1",
            processing: .manual,
            createdAt: job.endsAt,
            updatedAt: job.endsAt
        )
        list.members = Dictionary(contacts.map { ($0, job.endsAt) }) { first, _ in first }
        job.listID = list.id
        self.lists.append(list)
    }
}
