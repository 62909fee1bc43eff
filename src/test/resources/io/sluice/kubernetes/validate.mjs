// Reads a JSON array of Kubernetes resources, and writes one of what is wrong with them. The packages have a validator for
// each schema. They let fields pass that a schema does not have; Kubernetes would refuse or drop those. So it is noted
// which fields a validator reads: it reads those that its schema has.
import { readFileSync } from 'node:fs';

const PACKAGES = {
    'keda.sh': '@kubernetes-models/keda',
    'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
    'traefik.io': '@kubernetes-models/traefik',
};

function watched(value, path, read) {
    if (value === null || typeof value !== 'object') {
        return value;
    }
    return new Proxy(value, {
        get(target, name) {
            const at = `${path}/${String(name)}`;
            read.add(at);
            return Object.hasOwn(target, name) ? watched(target[name], at, read) : Reflect.get(target, name);
        },
    });
}

function* paths(value, path = '') {
    if (value !== null && typeof value === 'object') {
        for (const [name, field] of Object.entries(value)) {
            yield `${path}/${name}`;
            yield* paths(field, `${path}/${name}`);
        }
    }
}

async function problemsOf(resource) {
    const { apiVersion, kind } = resource;
    const module = `${PACKAGES[apiVersion.split('/')[0]] ?? 'kubernetes-models'}/${apiVersion}/${kind}`;
    const { [kind]: Model } = await import(module);
    const read = new Set();
    const problems = [];
    try {
        watched(Object.assign(new Model(), resource), '', read).validate();
    } catch (invalid) {
        problems.push(invalid.message);
    }
    for (const path of paths(resource)) {
        if (!read.has(path)) {
            problems.push(`${path}: no such field`);
        }
    }
    return problems.map(problem => `${kind} ${resource.metadata.name}: ${problem}`);
}

const resources = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify((await Promise.all(resources.map(problemsOf))).flat()));
