import ArgumentParser

/// Ways to break the engine on purpose.
package enum SimulationMutant: String, Sendable, CaseIterable, ExpressibleByArgument {
    case createWithoutKey = "create-without-key"
}
