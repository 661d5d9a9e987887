import WireJSON

/// What the org does with the batches of the first Bulk API.
extension MockSalesforce {
    mutating func runBatches(at now: Int64) {
        for (id, place) in self.batches.due(at: now) {
            guard var job = self.batches[id] else { continue }
            var batch = job.batches[place]
            batch.state = .inProgress
            batch.changedAt = batch.startsAt
            if let chunking = job.chunking, batch.range == nil, job.frame.operation.isQuery {
                self.split(&batch, &job, chunking)
            } else if batch.endsAt <= now {
                batch.state = .completed
                batch.changedAt = batch.endsAt
                var frame = job.frame
                (frame.startsAt, frame.endsAt) = (batch.startsAt, batch.endsAt)
                if let rights = self.org.rights(of: frame.author) {
                    self.org.restrict(to: rights)
                }
                if frame.operation.isQuery {
                    self.query(&batch, frame, job.content)
                } else {
                    self.load(&batch, frame, job.content)
                }
                if self.org.checksRights { self.org.restrict(to: nil) }
            }
            job.batches[place] = batch
            self.batches[id] = job
        }
    }

    private mutating func query(
        _ batch: inout BatchJob.Batch,
        _ frame: BulkJob,
        _ content: BatchJob.Content
    ) {
        var frame = frame
        frame.statement = String(decoding: batch.request, as: UTF8.self)
        frame.state = .jobComplete
        frame.range = batch.range
        self.finishQuery(&frame)
        guard frame.state == .jobComplete else {
            batch.state = .failed
            batch.stateMessage =
                "InvalidBatch : Failed to process query: \(frame.errorMessage ?? "")"
            return
        }
        batch.processed = frame.lines.count
        switch content {
        case .csv:
            frame.format.write(frame.header, to: &batch.result)
            for line in frame.lines { frame.format.write(line, to: &batch.result) }
        case .xml: batch.result = Self.queryResult(frame)
        case .json:
            batch.result = self.records(frame) ?? Array("[]".utf8)
        }
    }

    private mutating func load(
        _ batch: inout BatchJob.Batch,
        _ frame: BulkJob,
        _ content: BatchJob.Content
    ) {
        let outcomes: [RowOutcome]
        switch content {
        case .csv, .xml:
            var frame = frame
            guard let upload = content == .csv ? batch.request : Self.csv(batch.request, frame)
            else {
                batch.state = .failed
                batch.stateMessage = "InvalidBatch : Failed to parse the records"
                return
            }
            frame.upload = upload
            let shuffles = self.settings.shufflesBulkResults
            self.settings.shufflesBulkResults = false
            self.ingest(&frame)
            self.settings.shufflesBulkResults = shuffles
            guard frame.state != .failed else {
                batch.state = .failed
                batch.stateMessage = frame.errorMessage
                return
            }
            Self.write(frame.rows, to: &batch)
            if content == .xml { batch.result = Self.results(frame.rows) }
            return
        case .json:
            guard let list = try? JSON(parsing: batch.request), list.kind == .array else {
                batch.state = .failed
                batch.stateMessage = "InvalidBatch : Failed to parse the records"
                return
            }
            let records = list.elements.map { Self.record($0, frame) }
            outcomes = self.write(records, frame)
        }
        batch.processed = outcomes.count
        batch.failed = outcomes.count { $0.errors != nil }
        var writer = JSONWriter()
        writer.array { list in
            for var outcome in outcomes {
                outcome.isCreated =
                    outcome.errors == nil && (outcome.isCreated ?? (frame.operation == .insert))
                outcome.write(to: &list)
            }
        }
        batch.result = writer.bytes
    }

    private static func record(_ json: JSON, _ frame: BulkJob) -> CollectionRow {
        var row = CollectionRow(type: frame.object)
        row.inputs = FieldInput.members(of: json)
        guard frame.operation != .insert else { return row }
        row.id = (json["Id"] ?? json["id"])?.string
        row.inputs.removeAll { $0.name.lowercased() == "id" }
        return row
    }

    private static func write(_ rows: [BulkJob.Row], to batch: inout BatchJob.Batch) {
        batch.processed = rows.count
        batch.failed = rows.count { $0.error != nil }
        guard let format = BulkFormat(delimiter: "COMMA", lineEnding: "LF") else { return }
        format.write(["Id", "Success", "Created", "Error"], to: &batch.result)
        for row in rows {
            let isStored = row.error == nil
            format.write(
                [
                    row.id, isStored ? "true" : "false", row.isCreated ? "true" : "false",
                    row.error ?? "",
                ],
                to: &batch.result
            )
        }
    }
}
