import WireJSON

/// Writes rows as the REST API does.
struct RowWriter: Sendable {
    let org: MockOrg
    let now: Int64
    /// `v62.0`, for the urls in `attributes`.
    let version: String

    func write(_ row: Int, _ projection: Projection, to writer: inout JSONWriter) {
        let table = self.org.tables[projection.table]
        guard let version = table.rows[row].visible(at: self.now) else {
            writer.null()
            return
        }
        self.write(table.rows[row].id, version, projection, to: &writer)
    }

    private func write(
        _ id: String,
        _ version: MockVersion,
        _ projection: Projection,
        to writer: inout JSONWriter
    ) {
        let type = self.org.tables[projection.table].object.name
        writer.object { writer in
            writer.name("attributes")
            writer.object { writer in
                writer.member("type", type)
                writer.member("url", "/services/data/\(self.version)/sobjects/\(type)/\(id)")
            }
            for member in projection.members {
                self.write(member, version, to: &writer)
            }
        }
    }

    private func write(
        _ member: Projection.Member,
        _ version: MockVersion,
        to writer: inout JSONWriter
    ) {
        switch member {
        case .field(let name, let place, let isFractional):
            writer.name(name)
            Self.write(version.value(place), isFractional: isFractional, to: &writer)
        case .address(let name, let components):
            writer.name(name)
            guard components.contains(where: { !version.value($0.place).isNull }) else {
                writer.null()
                return
            }
            writer.object { writer in
                for component in components {
                    writer.name(component.key)
                    Self.write(version.value(component.place), isFractional: true, to: &writer)
                }
            }
        case .parent(let name, let place, let inner):
            writer.name(name)
            let table = self.org.tables[inner.table]
            guard let id = version.value(place).text, let row = table.row(ofID: id),
                let parent = table.rows[row].visible(at: self.now)
            else {
                writer.null()
                return
            }
            self.write(table.rows[row].id, parent, inner, to: &writer)
        }
    }

    static func write(_ value: Value, isFractional: Bool, to writer: inout JSONWriter) {
        switch value {
        case .null: writer.null()
        case .boolean(let flag): writer.boolean(flag)
        case .number(let text):
            // A double prints with a decimal, an int without.
            writer.raw(isFractional && Int64(text) != nil ? text + ".0" : text)
        case .text(let text): writer.string(text)
        case .datetime(let time): writer.string(SalesforceTime.format(time))
        }
    }
}
