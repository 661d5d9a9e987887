package import CRMInterface
import SyncCore

/// Finds the objects that a file means by the names that people gave them: no file has to name an id.
package enum CustomObjectNames {
    /// What a file calls them.
    package static func wanted(by configuration: Configuration) -> [String] {
        configuration.mappings.filter(\.kind.isCustom).map(\.written)
    }

    /// The configuration with HubSpot's types in the place of names, and with what their schemas tell.
    ///
    /// - Throws: `ConfigurationProblems` for names that the account does not have, that it has twice, and for objects that
    ///   two mappings keep in step.
    package static func resolved(
        _ configuration: Configuration,
        _ known: [CustomObject]
    ) throws(ConfigurationProblems) -> Configuration {
        var configuration = configuration
        var problems: [ConfigurationProblem] = []
        for place in configuration.mappings.indices
        where configuration.mappings[place].kind.isCustom {
            switch Self.object(configuration.mappings[place], among: known) {
            case .success(let object): Self.set(object, in: &configuration.mappings[place])
            case .failure(let problem): problems.append(problem)
            }
        }
        problems += Self.doubles(configuration)
        guard problems.isEmpty else {
            throw ConfigurationProblems(path: configuration.path, problems: problems)
        }
        return configuration
    }

    /// HubSpot's types by the mapping's name, of those objects that the account has.
    static func types(in configuration: Configuration, _ known: [CustomObject]) -> [String: String]
    {
        var types: [String: String] = [:]
        for mapping in configuration.mappings where mapping.kind.isCustom {
            guard case .success(let object) = Self.object(mapping, among: known) else { continue }
            types[mapping.name] = object.typeID
        }
        return types
    }

    private static func object(
        _ mapping: Configuration.Mapping,
        among known: [CustomObject]
    ) -> Result<CustomObject, ConfigurationProblem> {
        let word = mapping.written
        // A name goes before what another object is called on the screen.
        let exact = known.filter { [$0.name, $0.fullName, $0.typeID].contains(word) }
        let found = exact.isEmpty ? known.filter { $0.answers(to: word) } : exact
        if let object = found.first, found.count == 1 { return .success(object) }
        guard found.isEmpty else {
            let names = found.map { "`\($0.name)`" }.sorted().joined(separator: ", ")
            return .failure(
                ConfigurationProblem(
                    mapping.place,
                    "HubSpot has several custom objects that are called `\(word)`.",
                    suggestion: "Write the name of one: \(names)."
                )
            )
        }
        let near = Suggestion.nearest(to: word, among: known.map(\.name)).map {
            "Did you mean `\($0)`?"
        }
        let all = known.map { "`\($0.name)`" }.sorted().joined(separator: ", ")
        return .failure(
            ConfigurationProblem(
                mapping.place,
                "HubSpot shows this app no custom object `\(word)`.",
                suggestion: near
                    ?? (known.isEmpty
                        ? "It shows none at all: make it under Settings, Objects, Custom Objects."
                        : "It shows these: \(all).")
            )
        )
    }

    private static func set(_ object: CustomObject, in mapping: inout Configuration.Mapping) {
        mapping.hubspot = object.typeID
        mapping.kind.hubspot = object.typeID
        mapping.kind.typeID = object.typeID
        mapping.kind.singular = object.singular.lowercased()
        mapping.kind.plural = object.plural.lowercased()
        mapping.kind.shownBy = [object.shownBy].compactMap(\.self)
        mapping.kind.needs = object.needs
    }

    /// Each object is in one mapping: a record that two of them keep in step would go back and forth.
    private static func doubles(_ configuration: Configuration) -> [ConfigurationProblem] {
        var first: [String: Configuration.Mapping] = [:]
        var problems: [ConfigurationProblem] = []
        for mapping in configuration.mappings where mapping.kind.isCustom {
            for object in [mapping.hubspot] + mapping.salesforce {
                if let other = first[object] {
                    let name = object == mapping.hubspot ? mapping.kind.shown : object
                    problems.append(
                        ConfigurationProblem(
                            mapping.place,
                            "\(name) is in the mapping `\(other.name)` too, in line \(other.place.line)."
                        )
                    )
                }
                first[object] = first[object] ?? mapping
            }
        }
        return problems
    }
}

/// One of a file's mistakes, on its way into the list of all.
extension ConfigurationProblem: Error {}
