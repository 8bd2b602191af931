/** What the commands of all programs have in common. */
@NullMarked
package io.namespend.foundation.command;

import org.jspecify.annotations.NullMarked;
