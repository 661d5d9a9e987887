import MockSalesforce

/// What most of a snapshot is, in fewer bytes than its types would take.
extension SnapshotWriter {
    /// The values of one version of a Salesforce record.
    func row(_ values: [MockSalesforceValue]) {
        self.token(.begin)
        for value in values {
            switch value {
            case .null: self.token(.null)
            case .boolean(let flag): self.token(flag ? .yes : .no)
            case .datetime(let time): self.integer(time)
            case .text(let text): self.text(text)
            case .number(let text):
                self.token(.decimal)
                self.text(text)
            }
        }
        self.token(.end)
    }

    /// The values of one version of a HubSpot record.
    func texts(_ texts: [String: String]) {
        self.token(.begin)
        for (name, value) in texts {
            self.text(name)
            self.text(value)
        }
        self.token(.end)
    }
}

extension SnapshotReader {
    func row() throws -> [MockSalesforceValue] {
        try self.expect(.begin)
        var values: [MockSalesforceValue] = []
        while true {
            switch try self.peek() {
            case .end:
                try self.expect(.end)
                return values
            case .null:
                try self.expect(.null)
                values.append(.null)
            case .no, .yes: values.append(.boolean(try self.flag()))
            case .integer: values.append(.datetime(try self.integer()))
            case .text, .sameText: values.append(.text(try self.text()))
            case .decimal:
                try self.expect(.decimal)
                values.append(.number(try self.text()))
            case .unsigned, .double, .bytes, .begin, .name: throw SnapshotFailure.otherContent
            }
        }
    }

    func texts() throws -> [String: String] {
        try self.expect(.begin)
        var texts: [String: String] = [:]
        while try self.peek() != .end {
            let name = try self.text()
            texts[name] = try self.text()
        }
        try self.expect(.end)
        return texts
    }
}
