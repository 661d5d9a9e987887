import WireJSON

/// Writes events as clients of the streaming API get them.
extension MockSalesforce {
    /// One message of a channel.
    func text(of event: ChangeEvent, on channel: String) -> [UInt8] {
        let object = self.org.tables[event.table].object
        let fields = event.form == .whole ? self.fields(of: event) : ChangeEventFields()
        var writer = JSONWriter(reserving: 1_024)
        writer.object { writer in
            writer.name("data")
            writer.object { writer in
                writer.member("schema", ChangeEventSchema(object: object).id)
                writer.name("payload")
                writer.object { writer in
                    self.write(fields, object, to: &writer)
                    writer.name("ChangeEventHeader")
                    self.writeHeader(event, fields, object, to: &writer)
                }
                writer.name("event")
                writer.object { $0.member("replayId", event.replayID) }
            }
            writer.member("channel", channel)
        }
        return writer.bytes
    }

    private func write(
        _ fields: ChangeEventFields,
        _ object: MockObject,
        to writer: inout JSONWriter
    ) {
        let shown = fields.items.filter { self.settings.streaming.sendsNulls || !$0.value.isNull }
        var written: Set<String> = []
        for item in shown {
            let field = object.fields[item.place]
            guard let compound = ChangeEventFields.compound(of: field) else {
                writer.name(field.name)
                Self.write(item.value, field, to: &writer)
                continue
            }
            guard written.insert(compound.name).inserted else { continue }
            writer.name(compound.name)
            writer.object { writer in
                for other in shown {
                    let part = object.fields[other.place]
                    guard let own = ChangeEventFields.compound(of: part), own.name == compound.name
                    else { continue }
                    writer.name(own.part)
                    Self.write(other.value, part, to: &writer)
                }
            }
        }
    }

    private static func write(_ value: Value, _ field: MockField, to writer: inout JSONWriter) {
        switch value {
        case .null: writer.null()
        case .boolean(let flag): writer.boolean(flag)
        case .text(let text): writer.string(text)
        case .datetime(let milliseconds):
            writer.string(String(SalesforceTime.format(milliseconds).dropLast("+0000".count)) + "Z")
        case .number(let text):
            // Every number but a whole one is a double, and recorded ones show it: 119.0.
            let isDouble = field.type != .int && !text.contains(".") && !text.contains("E")
            writer.raw(isDouble ? text + ".0" : text)
        }
    }

    private func writeHeader(
        _ event: ChangeEvent,
        _ fields: ChangeEventFields,
        _ object: MockObject,
        to writer: inout JSONWriter
    ) {
        let changed = fields.isUpdate ? fields.items : []
        func names(_ items: [ChangeEventFields.Item]) -> [String] {
            items.map { ChangeEventFields.listedName(of: object.fields[$0.place]) }
        }
        writer.object { writer in
            writer.member("commitNumber", event.commitNumber)
            writer.member("commitUser", event.user)
            writer.member("sequenceNumber", event.sequenceNumber)
            writer.member("entityName", object.name)
            writer.member("changeType", event.typeName)
            Self.write("changedFields", names(changed), to: &writer)
            if self.settings.streaming.namesNulledFields {
                Self.write("nulledFields", names(changed.filter(\.value.isNull)), to: &writer)
                Self.write("diffFields", [], to: &writer)
            }
            writer.member("changeOrigin", event.form == .whole ? event.mark.origin : "")
            writer.member("transactionKey", Self.transactionKey(event.mark.transaction))
            writer.member("commitTimestamp", event.committedAt)
            Self.write("recordIds", event.recordIDs, to: &writer)
        }
    }

    private static func write(_ name: String, _ texts: [String], to writer: inout JSONWriter) {
        writer.name(name)
        writer.array { for text in texts { $0.string(text) } }
    }

    /// Text in the form of a UUID; the same for all events of one transaction.
    private static func transactionKey(_ transaction: Int) -> String {
        let digits = Self.hex(UInt64(transaction) &* 0x9E37_79B9_7F4A_7C15)
        let others = Self.hex((UInt64(transaction) &+ 1) &* 0xBF58_476D_1CE4_E5B9)
        let groups: [Substring] = [
            "0000" + digits.prefix(4), digits.dropFirst(4).prefix(4), digits.dropFirst(8).prefix(4),
            digits.dropFirst(12), others.prefix(12),
        ]
        return groups.joined(separator: "-")
    }

    private static func hex(_ number: UInt64) -> Substring {
        let text = String(number, radix: 16)
        return Substring(String(repeating: "0", count: 16 - text.count) + text)
    }
}
