import Foundation
import HubSpotConnector
import SalesforceConnector
import SyncCore
import Yams

/// Reads the YAML file into a `Configuration`; collects every problem before it gives up.
package struct ConfigurationReader {
    private(set) var problems: [ConfigurationProblem] = []

    private init() {}

    /// Reads and checks a file's text.
    ///
    /// - Throws: `ConfigurationProblems` with file, line and column of each.
    package static func read(
        _ text: String,
        path: String
    ) throws(ConfigurationProblems) -> Configuration {
        var reader = ConfigurationReader()
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw ConfigurationProblems(path: path, problems: [Self.problem(from: error)])
        }
        var configuration = Configuration()
        configuration.path = path
        if let root {
            reader.readRoot(root, into: &configuration)
        } else {
            let place = Configuration.Place(line: 1, column: 1)
            reader.problems.append(
                ConfigurationProblem(place, "The file is empty.", suggestion: "Run `duet init`.")
            )
        }
        guard reader.problems.isEmpty else {
            throw ConfigurationProblems(path: path, problems: reader.problems)
        }
        return configuration
    }

    private mutating func readRoot(_ root: Node, into configuration: inout Configuration) {
        let known = [
            "version", "hubspot", "salesforce", "store", "guard", "allowance", "mappings",
        ]
        guard let members = self.members(of: root, known: known, what: "the configuration") else {
            return
        }
        if let version = members["version"] {
            if version.scalar?.string != "1" {
                self.fail(version, "This version of duet reads `version: 1` only.")
            }
        } else {
            self.fail(root, "`version` is missing.", "Write `version: 1` at the top.")
        }
        if let node = self.required("hubspot", of: members, at: root) {
            self.readHubSpot(node, into: &configuration.hubspot)
        }
        if let node = self.required("salesforce", of: members, at: root) {
            self.readSalesforce(node, into: &configuration.salesforce)
        }
        if let node = members["store"], let text = self.text(node, "store") {
            configuration.store = text
        }
        if let node = members["guard"], let text = self.text(node, "guard") {
            switch text {
            case "strict": configuration.isGuardStrict = true
            case "normal": configuration.isGuardStrict = false
            default:
                self.fail(node, "`\(text)` is no `guard`.", "Write `normal` or `strict`.")
            }
        }
        if let node = members["allowance"] { configuration.allowance = self.allowance(node) }
        if let node = self.required("mappings", of: members, at: root) {
            self.readMappings(node, into: &configuration)
        }
    }

    private mutating func readHubSpot(_ node: Node, into hubspot: inout Configuration.HubSpot) {
        if node.scalar?.string == "connected" {
            hubspot.sign = .connected
            return
        }
        let known = ["baseURL", "apiVersion", "token", "oauth"]
        guard let members = self.members(of: node, known: known, what: "`hubspot`") else { return }
        if let url = members["baseURL"], let text = self.url(url, "baseURL") {
            hubspot.baseURL = text
        }
        if let node = members["apiVersion"], let text = self.text(node, "apiVersion") {
            if let version = HubSpotVersion(rawValue: text) {
                hubspot.apiVersion = version
            } else {
                let known = HubSpotVersion.allCases.map { "`\"\($0.name)\"`" }
                self.fail(
                    node,
                    "`apiVersion` is not a version of HubSpot's API that Duet knows.",
                    "Write one of \(known.joined(separator: ", "))."
                )
            }
        }
        switch (members["token"], members["oauth"]) {
        case (let token?, nil):
            if let reference = self.secret(token, "token") { hubspot.sign = .token(reference) }
        case (nil, let oauth?):
            let keys = ["clientID", "clientSecret", "refreshToken"]
            guard let parts = self.members(of: oauth, known: keys, what: "`oauth`") else { return }
            let secrets = keys.map { key in
                self.required(key, of: parts, at: oauth).flatMap { self.secret($0, key) }
                    ?? .missing
            }
            hubspot.sign = .oauth(
                clientID: secrets[0],
                clientSecret: secrets[1],
                refreshToken: secrets[2]
            )
        case (nil, nil):
            self.fail(
                node,
                "`hubspot` needs a way to sign in.",
                "Write `hubspot: connected` and run `duet connect hubspot`, or `token: env:HUBSPOT_TOKEN`, or `oauth:`."
            )
        case (_?, let oauth?):
            self.fail(oauth, "`hubspot` has both `token` and `oauth`.", "Keep one of them.")
        }
    }

    private mutating func readSalesforce(
        _ node: Node,
        into salesforce: inout Configuration.Salesforce
    ) {
        if node.scalar?.string == "connected" {
            salesforce.isConnected = true
            return
        }
        let known = ["loginURL", "apiVersion", "oauth"]
        guard let members = self.members(of: node, known: known, what: "`salesforce`") else {
            return
        }
        if let url = members["loginURL"], let text = self.url(url, "loginURL") {
            salesforce.loginURL = text
        }
        if let version = members["apiVersion"], let text = self.text(version, "apiVersion") {
            if let number = Double(text), number >= 46 {
                salesforce.apiVersion = SalesforceVersion(text)
            } else {
                self.fail(
                    version,
                    "`apiVersion` is not a version from 46.0 on.",
                    "Write `\"\(SalesforceVersion.pinned.name)\"`."
                )
            }
        }
        guard let oauth = members["oauth"] else {
            self.fail(
                node,
                "`oauth` is missing.",
                "Write it, or `salesforce: connected` and run `duet connect salesforce`."
            )
            return
        }
        let keys = ["clientID", "clientSecret", "refreshToken", "username", "privateKey"]
        guard let parts = self.members(of: oauth, known: keys, what: "`oauth`") else { return }
        if let id = self.required("clientID", of: parts, at: oauth) {
            salesforce.clientID = self.secret(id, "clientID") ?? .missing
        }
        salesforce.clientSecret = parts["clientSecret"].flatMap { self.secret($0, "clientSecret") }
        salesforce.refreshToken = parts["refreshToken"].flatMap { self.secret($0, "refreshToken") }
        if let key = parts["privateKey"], let secret = self.secret(key, "privateKey"),
            let user = self.required("username", of: parts, at: oauth),
            let username = self.text(user, "username")
        {
            salesforce.assertion = .init(username: username, privateKey: secret)
            if parts["refreshToken"] != nil {
                self.fail(oauth, "`oauth` has both `refreshToken` and `privateKey`.", "Keep one.")
            }
        }
        if ["refreshToken", "clientSecret", "privateKey"].allSatisfy({ parts[$0] == nil }) {
            self.fail(
                oauth,
                "`oauth` needs a `refreshToken`, a `clientSecret` for client credentials, or a "
                    + "`username` with a `privateKey`."
            )
        }
    }
}

// MARK: - Pieces

extension ConfigurationReader {
    mutating func fail(_ node: Node, _ message: String, _ suggestion: String? = nil) {
        self.problems.append(
            ConfigurationProblem(Self.place(of: node), message, suggestion: suggestion)
        )
    }

    static func place(of node: Node) -> Configuration.Place {
        Configuration.Place(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    /// The members of a mapping; unknown names are problems with a suggestion.
    mutating func members(of node: Node, known: [String], what: String) -> [String: Node]? {
        guard let mapping = node.mapping else {
            self.fail(node, "Expected \(what) to be a list of `name: value` lines.")
            return nil
        }
        var members: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            guard known.contains(name) else {
                let hint = Suggestion.text(for: name, among: known)
                self.fail(key, "Unknown name `\(name)` in \(what).", hint)
                continue
            }
            members[name] = value
        }
        return members
    }

    mutating func required(_ name: String, of members: [String: Node], at node: Node) -> Node? {
        guard let value = members[name] else {
            self.fail(node, "`\(name)` is missing.")
            return nil
        }
        return value
    }

    mutating func text(_ node: Node, _ name: String) -> String? {
        guard let text = node.scalar?.string, !text.isEmpty else {
            self.fail(node, "`\(name)` must be text.")
            return nil
        }
        return text
    }

    mutating func url(_ node: Node, _ name: String) -> String? {
        guard let text = self.text(node, name) else { return nil }
        let parts = URLComponents(string: text)
        guard let scheme = parts?.scheme, ["http", "https"].contains(scheme),
            parts?.host?.isEmpty == false
        else {
            self.fail(
                node,
                "`\(name)` is not a web address.",
                "Write one that starts with https://"
            )
            return nil
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// A reference to a secret; the secret itself in the file is refused and not repeated.
    mutating func secret(_ node: Node, _ name: String) -> SecretReference? {
        guard let text = self.text(node, name) else { return nil }
        guard let reference = SecretReference(text) else {
            self.fail(
                node,
                "`\(name)` must say where the secret is, not hold it.",
                "Write `env:NAME` or `file:PATH`."
            )
            return nil
        }
        return reference
    }

    static func problem(from error: any Error) -> ConfigurationProblem {
        let start = Configuration.Place(line: 1, column: 1)
        guard let error = error as? YamlError else {
            return ConfigurationProblem(start, "The file is not YAML.")
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let place = Configuration.Place(line: mark.line, column: mark.column)
            return ConfigurationProblem(place, "The file is not YAML: \(problem).")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.sorted()
            let place = Configuration.Place(line: context.mark.line, column: context.mark.column)
            return ConfigurationProblem(
                place,
                "Names stand twice: \(names.joined(separator: ", "))."
            )
        default:
            return ConfigurationProblem(start, "The file is not YAML that duet can read.")
        }
    }
}
