package import SyncCore

/// Edits the rows of mapped fields in a configuration's text: only the lines of that row change, so that comments, order and
/// blank lines stay.
package struct MappingEditor: Sendable {
    package private(set) var text: String
    private let path: String
    private var configuration: Configuration

    /// - Throws: what is wrong with the file as it is.
    package init(_ text: String, path: String) throws {
        self.text = text
        self.path = path
        self.configuration = try ConfigurationReader.read(text, path: path)
    }

    /// Adds a row behind the mapping's last one.
    package mutating func add(
        _ hubspot: String,
        _ salesforce: String,
        rule: SyncRule,
        to name: String
    ) throws {
        let mapping = try self.mapping(name)
        if let row = mapping.fields.first(where: { $0.hubspot == hubspot }) {
            throw Self.usage(
                "\(hubspot) is mapped already, in line \(row.place.line) of \(self.path).",
                "Change it with `duet mapping change \(name) \(hubspot) --rule …`."
            )
        }
        guard [hubspot, salesforce].allSatisfy(Self.isName) else {
            throw Self.usage(
                "\(hubspot)=\(salesforce) names no property and field.",
                "Write their names in the API, as in jobtitle=Title."
            )
        }
        guard let last = mapping.fields.map(\.place.line).max() else { return }
        var lines = self.lines
        let range = Self.rows(at: last, in: lines)
        let indent = Self.indent(of: lines[range.lowerBound])
        let row = "{hubspot: \(hubspot), salesforce: \(salesforce), rule: \(rule.rawValue)}"
        let end = Self.end(of: lines[range.lowerBound])
        lines.insert(
            String(repeating: " ", count: indent) + "- " + row + end,
            at: range.upperBound
        )
        try self.take(lines, name) { fields in
            fields.count == mapping.fields.count + 1
                && fields.contains {
                    $0.hubspot == hubspot && $0.salesforce.first == salesforce && $0.rule == rule
                }
        }
    }

    /// Gives a row another rule.
    package mutating func change(_ hubspot: String, rule: SyncRule, in name: String) throws {
        let mapping = try self.mapping(name)
        let row = try self.row(hubspot, of: mapping)
        var lines = self.lines
        let range = Self.rows(at: row.place.line, in: lines)
        lines.replaceSubrange(
            range,
            with: try Self.ruled(Array(lines[range]), rule, self.path, row.place.line)
        )
        try self.take(lines, name) { fields in
            fields.count == mapping.fields.count
                && fields.allSatisfy { field in
                    let before = mapping.fields.first { $0.hubspot == field.hubspot }
                    return field.rule == (field.hubspot == hubspot ? rule : before?.rule)
                }
        }
    }

    /// Takes a row out, with its lines.
    package mutating func remove(_ hubspot: String, from name: String) throws {
        let mapping = try self.mapping(name)
        let row = try self.row(hubspot, of: mapping)
        var lines = self.lines
        lines.removeSubrange(Self.rows(at: row.place.line, in: lines))
        try self.take(lines, name) { fields in
            fields.map(\.hubspot) == mapping.fields.map(\.hubspot).filter { $0 != hubspot }
        }
    }

    // MARK: - Pieces

    private var lines: [String] { Self.lines(of: self.text) }

    /// By bytes: to Swift the two characters that end a line on Windows are one, and no line's end.
    static func lines(of text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private func mapping(_ name: String) throws(SyncError) -> Configuration.Mapping {
        let names = self.configuration.mappings.map(\.name)
        guard let mapping = self.configuration.mappings.first(where: { $0.name == name }) else {
            throw Self.usage(
                "There is no mapping named \(name) in \(self.path).",
                Suggestion.text(for: name, among: names)
            )
        }
        return mapping
    }

    private func row(
        _ hubspot: String,
        of mapping: Configuration.Mapping
    ) throws(SyncError) -> Configuration.Field {
        guard let row = mapping.fields.first(where: { $0.hubspot == hubspot }) else {
            throw Self.usage(
                "\(hubspot) is not mapped in \(mapping.name).",
                Suggestion.text(for: hubspot, among: mapping.fields.map(\.hubspot))
            )
        }
        return row
    }

    /// Takes the new text if it can be read and says what was meant, and leaves the old one otherwise.
    private mutating func take(
        _ lines: [String],
        _ name: String,
        _ isMeant: ([Configuration.Field]) -> Bool
    ) throws {
        let text = lines.joined(separator: "\n")
        let read = try ConfigurationReader.read(text, path: self.path)
        let fields = read.mappings.first { $0.name == name }?.fields ?? []
        guard isMeant(fields), read.mappings.count == self.configuration.mappings.count else {
            throw Self.usage(
                "\(self.path) is written in a way that this command does not understand.",
                "Edit that row by hand; nothing was changed."
            )
        }
        (self.text, self.configuration) = (text, read)
    }

    /// The lines of the row that begins in this line: it ends where something stands as far to the left as its dash.
    private static func rows(at line: Int, in lines: [String]) -> Range<Int> {
        let start = line - 1
        let indent = Self.indent(of: lines[start])
        var end = start + 1
        while end < lines.count, Self.indent(of: lines[end]) > indent, !Self.isBlank(lines[end]) {
            end += 1
        }
        return start..<end
    }

    private static func ruled(
        _ lines: [String],
        _ rule: SyncRule,
        _ path: String,
        _ line: Int
    ) throws(SyncError) -> [String] {
        let text = lines.joined(separator: "\n")
        let member = /\brule:[ ]*("[^"]*"|'[^']*'|[^,}#\r\n]*[^,}#\s])/
            .matchingSemantics(.unicodeScalar)
        if text.firstMatch(of: member) != nil {
            return Self.lines(
                of: text.replacing(member, with: "rule: \(rule.rawValue)", maxReplacements: 1)
            )
        }
        if let brace = text.lastIndex(of: "}"), text.contains("- {") {
            return Self.lines(
                of: String(text[..<brace]) + ", rule: \(rule.rawValue)" + text[brace...]
            )
        }
        guard let first = lines.first else {
            throw Self.usage("Line \(line) of \(path) is no row.", "Edit it by hand.")
        }
        let indent = String(repeating: " ", count: Self.indent(of: first) + 2)
        return lines + ["\(indent)rule: \(rule.rawValue)\(Self.end(of: first))"]
    }

    private static func indent(of line: String) -> Int { line.prefix { $0 == " " }.count }

    /// Written on Windows, each line has one more character at its end.
    private static func end(of line: String) -> String {
        line.utf8.last == UInt8(ascii: "\r") ? "\r" : ""
    }

    private static func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }

    private static func usage(_ cause: String, _ next: String) -> SyncError {
        SyncError(code: .usage, cause: cause, nextStep: next)
    }
}
