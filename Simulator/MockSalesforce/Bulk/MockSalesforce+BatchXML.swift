/// The data of the first Bulk API's jobs with the content type XML.
extension MockSalesforce {
    private static let space = "http://www.force.com/2009/06/asyncapi/dataload"
    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

    /// The records of an upload as the CSV that says the same; `nil` where they are none.
    static func csv(_ bytes: [UInt8], _ frame: BulkJob) -> [UInt8]? {
        guard let list = XMLNode.parse(bytes), list.name == "sObjects" else { return nil }
        var columns: [String] = []
        let records = list.children.map { record in
            var values: [String: String] = [:]
            for field in record.children where field.name != "type" {
                // A parent by its external id: <Account><sObject><Key__c>.
                let parent = field.children.first
                let key = parent?.children.first { $0.name != "type" } ?? parent
                let name = key.map { "\(field.name).\($0.name)" } ?? field.name
                if !columns.contains(name) { columns.append(name) }
                values[name] = field.isNull ? "#N/A" : (key ?? field).text
            }
            return values
        }
        var upload: [UInt8] = []
        frame.format.write(columns, to: &upload)
        for record in records {
            frame.format.write(columns.map { record[$0] ?? "" }, to: &upload)
        }
        return upload
    }

    /// What became of each record.
    static func results(_ rows: [BulkJob.Row]) -> [UInt8] {
        let results = rows.map { row in
            let isStored = row.error == nil
            let content =
                (row.error.map(Self.errors) ?? "")
                + (row.id.isEmpty ? "<id xsi:nil=\"true\"/>" : XMLNode.element("id", row.id))
                + XMLNode.element("success", isStored ? "true" : "false")
                + XMLNode.element("created", row.isCreated ? "true" : "false")
            return "<result>\(content)</result>"
        }
        return Self.document("results", results)
    }

    /// `CODE:message:fields --`, as CSV results have it.
    private static func errors(_ error: String) -> String {
        let code = error.prefix { $0 != ":" }
        var message = error.dropFirst(code.count + 1)
        var fields: [String] = []
        if message.hasSuffix(" --"), let colon = message.lastIndex(of: ":") {
            fields = message[colon...].dropFirst().dropLast(3).split(separator: ",").map {
                String($0.drop { $0 == " " })
            }
            message = message[..<colon]
        }
        return "<errors>" + fields.map { XMLNode.element("fields", $0) }.joined()
            + XMLNode.element("message", String(message))
            + XMLNode.element("statusCode", String(code)) + "</errors>"
    }

    /// The records of a finished query.
    static func queryResult(_ frame: BulkJob) -> [UInt8] {
        let records = frame.lines.map { line in
            var content = XMLNode.element("type", frame.object)
            for (name, value) in zip(frame.header, line) {
                let steps = name.split(separator: ".").map(String.init)
                let last = steps.last ?? name
                let field =
                    value.isEmpty ? "<\(last) xsi:nil=\"true\"/>" : XMLNode.element(last, value)
                content += steps.dropLast().reversed().reduce(field) { inner, step in
                    "<\(step) xsi:type=\"sObject\">\(inner)</\(step)>"
                }
            }
            return "<records xsi:type=\"sObject\">\(content)</records>"
        }
        return Self.document("queryResult", records)
    }

    private static func document(_ root: String, _ items: [String]) -> [UInt8] {
        let text =
            "\(Self.head)<\(root) xmlns=\"\(Self.space)\" "
            + "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
            + items.joined() + "</\(root)>"
        return Array(text.utf8)
    }
}
