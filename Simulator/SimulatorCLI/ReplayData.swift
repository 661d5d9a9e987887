import SimulationKit
import SyncCore
import WireJSON

/// A recording as the page reads it: columns in arrays, records by number.
struct ReplayData {
    private let recording: Recording
    private let violations: [Violation]
    /// Both ids of each person, in the order in which they turned up.
    private var records: [(hubspot: String?, salesforce: String?)] = []
    private var places: [String: Int] = [:]

    /// The most that the page holds of each: beyond it a browser gets slow.
    private static let linesMax = 20_000

    private var fields: [(String, String)] {
        [("email", "Email")] + self.recording.fields.map { ($0.hubspot, $0.salesforce) }
    }

    init(_ recording: Recording, violations: [Violation]) {
        self.recording = recording
        self.violations = violations
        for change in recording.changes {
            let key = change.fields.first {
                ["sf_contact_key", "HubSpot_Record_ID__c"].contains($0.name) && !$0.value.isEmpty
            }?.value
            self.join(change.record, key, of: change.side)
        }
        for base in recording.bases { self.join(base.hubspotID, base.salesforceID, of: .hubspot) }
        self.closeGaps()
    }

    /// Notes a record and, where it is known, its counterpart.
    private mutating func join(_ id: String, _ other: String?, of side: Side) {
        let place = self.place(making: id, of: side)
        guard let other else { return }
        let second = self.place(making: other, of: side.other)
        guard place != second else { return }
        let (first, later) = (min(place, second), max(place, second))
        let (kept, moved) = (self.records[first], self.records[later])
        // A second counterpart of a record is a row of its own: that is what went wrong.
        guard kept.hubspot == nil || moved.hubspot == nil,
            kept.salesforce == nil || moved.salesforce == nil
        else { return }
        self.records[first] = (
            kept.hubspot ?? moved.hubspot, kept.salesforce ?? moved.salesforce
        )
        self.records[later] = (nil, nil)
        for id in [moved.hubspot, moved.salesforce].compactMap({ $0 }) { self.places[id] = first }
    }

    private mutating func place(making id: String, of side: Side) -> Int {
        if let place = self.places[id] { return place }
        self.places[id] = self.records.count
        self.records.append(side == .hubspot ? (id, nil) : (nil, id))
        return self.records.count - 1
    }

    /// Takes out the rows that were joined with others.
    private mutating func closeGaps() {
        self.records.removeAll { $0.hubspot == nil && $0.salesforce == nil }
        for (place, record) in self.records.enumerated() {
            for id in [record.hubspot, record.salesforce].compactMap({ $0 }) {
                self.places[id] = place
            }
        }
    }

    private func place(of id: String) -> Int { self.places[id] ?? -1 }

    func write(to root: inout JSONWriter) {
        root.member("end", self.recording.end)
        root.member("settledAt", self.recording.settledAt)
        let left =
            self.recording.left + max(0, self.recording.lines.count - Self.linesMax)
            + max(0, self.recording.changes.count - Self.linesMax)
        root.member("left", left)
        root.name("fields")
        root.array { list in
            for (hubspot, salesforce) in self.fields {
                Self.write([hubspot, salesforce], to: &list)
            }
        }
        root.name("records")
        root.array { list in
            for record in self.records {
                Self.write([record.hubspot, record.salesforce], to: &list)
            }
        }
        self.writeViolations(to: &root)
        self.writeRequests(to: &root)
        self.writeHistories(to: &root)
        self.writeMarks(to: &root)
        self.writeHistogram(to: &root)
    }

    private func writeViolations(to root: inout JSONWriter) {
        root.name("violations")
        root.array { list in
            for violation in self.violations.prefix(200) {
                let words = violation.story.split { " :,".contains($0) }.map(String.init)
                let records = words.map { self.place(of: $0) }.filter { $0 >= 0 }
                list.object { item in
                    item.member("invariant", violation.invariant)
                    item.member("story", RunClock.readable(violation.story))
                    item.member("at", self.moment(of: violation, records))
                    item.name("records")
                    item.array { places in
                        for place in records { places.integer(place) }
                    }
                }
            }
        }
    }

    /// When it happened: as its story says, else the last write to the record that it names, else the
    /// last write of all.
    private func moment(of violation: Violation, _ records: [Int]) -> Int64 {
        if let moment = RunClock.moment(in: violation.story) { return moment }
        let last = self.recording.changes.last { change in
            records.isEmpty || records.contains(self.place(of: change.record))
        }
        return last?.at ?? self.recording.end
    }

    private func writeRequests(to root: inout JSONWriter) {
        root.name("requests")
        root.array { list in
            for request in self.recording.requests {
                list.array { row in
                    row.integer(request.side == .hubspot ? 0 : 1)
                    row.string(request.endpoint)
                    row.string(request.purpose)
                    row.integer(request.count)
                    row.array { names in
                        for name in request.records {
                            guard let place = self.places[name] else { continue }
                            names.integer(place)
                        }
                    }
                    row.integer(request.sentAt)
                    row.integer(request.arrivedAt ?? -1)
                    row.integer(request.endedAt ?? -1)
                    row.integer(request.status ?? 0)
                    row.string(request.fate.rawValue)
                }
            }
        }
    }

    private func writeHistories(to root: inout JSONWriter) {
        root.name("changes")
        root.array { list in
            for change in self.recording.changes.prefix(Self.linesMax) {
                list.array { row in
                    row.integer(change.at)
                    row.integer(change.side == .hubspot ? 0 : 1)
                    row.integer(self.place(of: change.record))
                    row.string(change.kind)
                    row.boolean(change.isEngine)
                    row.array { fields in
                        for field in change.fields {
                            fields.array { pair in
                                pair.integer(self.fieldPlace(field.name))
                                pair.string(field.value)
                            }
                        }
                    }
                }
            }
        }
        root.name("bases")
        root.array { list in
            for base in self.recording.bases {
                list.array { row in
                    row.integer(base.at)
                    row.integer(self.place(of: base.hubspotID))
                    row.boolean(base.isFrozen)
                    Self.write(base.hubspot, to: &row)
                    Self.write(base.salesforce, to: &row)
                }
            }
        }
        root.name("lines")
        root.array { list in
            for line in self.recording.lines.prefix(Self.linesMax) {
                list.array { row in
                    row.integer(line.at)
                    row.integer(self.place(of: line.hubspotID))
                    row.string(line.kind)
                    for text in [line.field, line.hubspot, line.salesforce, line.reason] {
                        Self.write(text, to: &row)
                    }
                }
            }
        }
    }

    private func writeMarks(to root: inout JSONWriter) {
        root.name("marks")
        root.array { list in
            for mark in self.recording.marks {
                list.array { row in
                    row.integer(mark.at)
                    row.string(mark.kind.rawValue)
                    row.integer(mark.side == .hubspot ? 0 : mark.side == .salesforce ? 1 : -1)
                    row.string(mark.text)
                    row.integer(self.place(of: mark.text))
                }
            }
        }
    }

    private func writeHistogram(to root: inout JSONWriter) {
        let histogram = self.recording.histogram
        root.name("histogram")
        root.object { item in
            item.member("width", histogram.width)
            item.name("limits")
            item.array { limits in
                limits.integer(histogram.hubspotLimit ?? 0)
                limits.integer(histogram.salesforceLimit ?? 0)
            }
            item.name("buckets")
            item.array { list in
                for bucket in histogram.buckets {
                    list.array { row in
                        row.integer(bucket.hubspot)
                        row.integer(bucket.salesforce)
                        Self.write(bucket.hubspotUsed.map(String.init), raw: true, to: &row)
                        Self.write(bucket.salesforceUsed.map(String.init), raw: true, to: &row)
                    }
                }
            }
        }
    }

    /// Where a field stands; -1 for a key.
    private func fieldPlace(_ name: String) -> Int {
        self.fields.firstIndex { $0.0 == name || $0.1 == name } ?? -1
    }

    private static func write(_ text: String?, raw: Bool = false, to row: inout JSONWriter) {
        switch text {
        case .some(let text) where raw: row.raw(text)
        case .some(let text): row.string(text)
        case nil: row.null()
        }
    }

    private static func write(_ texts: [String?]?, to row: inout JSONWriter) {
        guard let texts else { return row.null() }
        row.array { list in
            for text in texts { Self.write(text, to: &list) }
        }
    }
}
