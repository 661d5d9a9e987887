import Foundation
import MockHubSpot
import MockSalesforce
import SimulationKit
import Testing
import WireJSON

@testable import MockServer

/// docs/serve.md says what there is, and its examples work.
struct SettingsDocumentTests {
    private struct Row {
        var path: String
        var value: String
        var meaning: String
    }

    private static func text() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../..")
        return try String(contentsOf: root.appending(path: "docs/serve.md"), encoding: .utf8)
    }

    /// The rows of the tables below headings that name a group of settings.
    private static func rows() throws -> [Row] {
        var group: String?
        var rows: [Row] = []
        for line in try Self.text().split(separator: "\n") {
            if line.hasPrefix("#") {
                let isGroup = line.hasPrefix("### `")
                group = isGroup ? String(line.dropFirst(5).dropLast()) : nil
            } else if let group, line.hasPrefix("| `") {
                let cells = line.split(separator: " | ", omittingEmptySubsequences: false)
                    .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "|` ")) }
                let path = group + "." + cells[0]
                rows.append(Row(path: path, value: cells[2], meaning: cells[3]))
            }
        }
        return rows
    }

    private static func json(_ node: SettingNode) -> String {
        var writer = JSONWriter()
        node.write(into: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Settings whose values are too long for a table.
    private static let long = [
        "hubspot.settings.apps", "hubspot.settings.owners", "salesforce.settings.credentials",
        "salesforce.settings.users", "salesforce.settings.customFields",
        "hubspot.settings.webhooks.retryDelays", "hubspot.settings.marketing.subscriptionTypes",
    ]

    @Test func `every setting is described with the value that it starts with`() throws {
        let settings = try WorldSettings().node
        let leaves = settings.paths().filter { path in
            guard case .group(.properties, _)? = settings.at(path) else { return true }
            return false
        }
        let rows = try Self.rows()
        #expect(rows.map(\.path).sorted() == leaves.sorted())
        for row in rows where !Self.long.contains(row.path) {
            let value = try #require(settings.at(row.path), "\(row.path)")
            #expect(row.value == Self.json(value).replacing("\\/", with: "/"), "\(row.path)")
        }
        for row in rows { #expect(row.meaning.hasSuffix("."), "\(row.path)") }
    }

    @Test func `the bodies of the examples are taken while the CRMs run`() throws {
        var bodies: [String] = []
        for block in try Self.text().components(separatedBy: "```sh\n").dropFirst() {
            let script = block.components(separatedBy: "```")[0]
            let parts = script.components(separatedBy: "-d '")
            guard parts.count == 2 else { continue }
            bodies.append(parts[1].components(separatedBy: "'")[0])
        }
        #expect(bodies.count == 6)
        for body in bodies {
            let world = WorldSettings().world(time: ManualTime())
            let json = try JSON(parsing: Array(body.utf8))
            try world.with { state, now in
                try WorldSettings(state).changed(by: json).apply(to: &state, at: now)
            }
        }
    }

    @Test func `the files of the examples are taken at the start`() throws {
        let files = try Self.text().components(separatedBy: "```json\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }
        #expect(files.count == 3)
        for file in files {
            let json = try JSON(parsing: Array(file.utf8))
            _ = try WorldSettings().changed(by: json).world(time: ManualTime())
        }
    }

    @Test func `names of cases that messages list are cases`() throws {
        func known<Choice: SettingChoice & Decodable>(_ type: Choice.Type) throws {
            for name in type.choices {
                do {
                    _ = try SettingDecoder.value(type, .text(name), at: "x")
                } catch let failure as ControlFailure {
                    // A case with values wants them; one that does not exist is listed.
                    #expect(!failure.description.contains("must be one of"), "\(type) \(name)")
                }
            }
            let wrong = #expect(throws: ControlFailure.self) {
                try SettingDecoder.value(type, .text("nothing like it"), at: "x")
            }
            #expect(wrong?.description.contains("which is unknown") == true)
        }
        try known(MockHubSpotFault.self)
        try known(MockHubSpotFaultRule.Scope.self)
        try known(MockHubSpotApp.Credential.self)
        try known(MockHubSpotMergedIDs.self)
        try known(MockHubSpotEndpoint.self)
        try known(MockHubSpotRule.Kind.self)
        try known(MockSalesforceFault.self)
        try known(MockSalesforceSignInRefusal.self)
        try known(MockSalesforceSystemPermission.self)
        try known(MockSalesforceValidationRule.Condition.self)
        try known(MockSalesforceFlowRule.Action.self)
        try known(MockSalesforceDuplicateRule.Action.self)
        try known(MockSalesforceMatchingRule.Method.self)
        try known(MockSalesforceCalculation.self)
        try known(MockSalesforceValue.self)
        try known(MockFieldType.self)
    }
}
