import SimulationKit

extension Simulation {
    /// The report of a run that ended, and what it broke if it broke something.
    func outcome() throws -> (report: SimulationReport?, broken: BrokenRun?) {
        do {
            let report = try self.run()
            return (report, BrokenRun(report))
        } catch let hung as HungSimulation {
            return (nil, BrokenRun(hung))
        }
    }
}
