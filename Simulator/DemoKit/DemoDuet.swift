package import Foundation
package import WireJSON

/// `duet` as a child process, with a configuration for the simulated CRMs.
package struct DemoDuet: Sendable {
    private let path: String
    private let folder: URL
    private let environment: [String: String]

    /// Writes the configuration into the folder.
    ///
    /// `fields`: the mapping's lines in the configuration, each indented as a list entry. `objects`: what
    /// HubSpot's contacts are in Salesforce.
    package init(
        path: String,
        folder: URL,
        ready: JSON,
        sabotage: String? = nil,
        fields: [String] = Self.fields,
        objects: [String] = ["Contact", "Lead"]
    ) throws {
        self.path = path
        self.folder = folder
        func text(_ side: String, _ name: String) -> String { ready[side]?[name]?.string ?? "" }
        var environment = [
            "HUBSPOT_TOKEN": text("hubspot", "token"),
            "SALESFORCE_CLIENT_ID": text("salesforce", "clientID"),
            "SALESFORCE_CLIENT_SECRET": text("salesforce", "clientSecret"),
            "SALESFORCE_REFRESH_TOKEN": text("salesforce", "refreshToken"),
        ]
        environment["DUET_SABOTAGE"] = sabotage
        self.environment = environment
        let config = """
            version: 1
            hubspot: {baseURL: "\(text("hubspot", "baseURL"))", token: env:HUBSPOT_TOKEN}
            salesforce:
              loginURL: "\(text("salesforce", "baseURL"))"
              oauth:
                clientID: env:SALESFORCE_CLIENT_ID
                clientSecret: env:SALESFORCE_CLIENT_SECRET
                refreshToken: env:SALESFORCE_REFRESH_TOKEN
            store: duet.sqlite
            mappings:
              - name: contacts
                hubspot: contacts
                salesforce: [\(objects.joined(separator: ", "))]
                match: [email]
                fields:
            \(fields.map { "      - " + $0 }.joined(separator: "\n"))

            """
        try config.write(
            to: folder.appendingPathComponent("duet.yaml"),
            atomically: true,
            encoding: .utf8
        )
    }

    /// The demo's own mapping.
    package static let fields = [
        "{hubspot: email, salesforce: Email, rule: twoWay}",
        "{hubspot: firstname, salesforce: FirstName, rule: twoWay}",
        "{hubspot: lastname, salesforce: LastName, rule: twoWay, "
            + "default: [$emailLocalPart, Unknown]}",
        "{hubspot: company, salesforce: Company, rule: preferSalesforce, default: Unknown}",
        "{hubspot: jobtitle, salesforce: Title, rule: twoWay}",
        "{hubspot: phone, salesforce: Phone, rule: preferSalesforce}",
        "{hubspot: mobilephone, salesforce: MobilePhone, rule: twoWay}",
    ]

    package func process(_ arguments: [String]) -> ChildProcess {
        let config = self.folder.appendingPathComponent("duet.yaml").path
        let child = ChildProcess(
            self.path,
            arguments + ["--config", config, "--json"],
            environment: self.environment
        )
        child.silence()
        return child
    }

    /// Runs a command to its end; answers its JSON object.
    @discardableResult
    package func run(_ arguments: String...) throws -> (status: Int32, json: JSON) {
        let child = self.process(arguments)
        try child.start()
        return try self.result(of: child, arguments)
    }

    /// Waits for the end of a command that was started; answers its JSON object.
    package func result(
        of child: ChildProcess,
        _ arguments: [String]
    ) throws -> (status: Int32, json: JSON) {
        let end = child.finish()
        guard [0, 2, 3].contains(end.status) else {
            throw DemoFailure("`duet \(arguments.joined(separator: " "))` ended with \(end.status)")
        }
        return (end.status, try JSON(parsing: Array(end.output.utf8)))
    }
}
