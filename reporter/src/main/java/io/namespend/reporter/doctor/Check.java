package io.namespend.reporter.doctor;

import java.util.function.Supplier;

/**
 * One thing that an installation needs.
 *
 * @param name a word or two
 * @param look asks
 */
public record Check(String name, Supplier<Finding> look) {}
